package io.loadcast.streaming;

import java.util.Locale;

/** Why a record is not a valid reading or meter reading: the {@code loadcast_reason} of its dead letter. */
public enum RejectionReason {
    NULL_VALUE,
    TOO_LARGE,
    NOT_UTF_8,
    NOT_JSON,
    MISSING_FIELD,
    WRONG_TYPE,
    BAD_REGION,
    KEY_MISMATCH,
    BAD_TIME,
    NOT_WHOLE_HOUR,
    FROM_THE_FUTURE,
    TOO_LATE,
    UNCONFIRMED,
    BAD_LOAD,
    BAD_METER,
    BAD_DURATION,
    BAD_ENERGY,
    NOT_WHOLE_MINUTE,
    OVERLAPPING;

    /** The reason as it stands in the header: {@code from-the-future}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
