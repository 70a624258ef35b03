package io.loadcast.streaming;

import static io.loadcast.streaming.InvalidReadingException.quote;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a value that is no strict JSON, where, and what to send instead; in words of JSON, not of its parser. */
final class JsonFlaw {
    // Jackson tells these apart in its messages only. What is not recognised still gets the general answer.
    private static final String TOO_DEEP = "Document nesting depth";
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);
    private static final Pattern NOT_A_NUMBER = Pattern.compile("Non-standard token '([^']+)'.*", Pattern.DOTALL);

    private JsonFlaw() {}

    /** The end of a sentence that begins with "the value". */
    static String of(JsonProcessingException e) {
        String said = String.valueOf(e.getOriginalMessage());
        String where = where(e.getLocation());
        if (e instanceof StreamConstraintsException) {
            return said.startsWith(TOO_DEEP)
                    ? "nests deeper than " + RecordFields.DEEPEST_NESTING + where + "; send a flat object"
                    : "has a name or a number that is too long" + where + "; shorten it";
        }
        if (e instanceof MismatchedInputException) {
            return "goes on after its end" + where + "; send one object a record";
        }
        Matcher duplicate = DUPLICATE.matcher(said);
        if (duplicate.matches()) {
            return "has field " + quote(duplicate.group(1)) + " twice" + where + "; send each field once";
        }
        Matcher notANumber = NOT_A_NUMBER.matcher(said);
        if (notANumber.matches()) {
            return "has " + quote(notANumber.group(1)) + where + ", which is no JSON number; send digits, or no record";
        }
        return "is not strict JSON" + where;
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
