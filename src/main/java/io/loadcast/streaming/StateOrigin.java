package io.loadcast.streaming;

import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;

/**
 * The topics that a task's state was made from and is kept in, by their ids: one that is deleted and created again has its name and
 * another id.
 *
 * @param readings of the topic of that name
 * @param regionState of the changelog topic of {@link LoadcastTopology#REGION_STATE_STORE}
 * @param scoreHistory of the changelog topic of {@link LoadcastTopology#SCORE_HISTORY_STORE}
 */
public record StateOrigin(Uuid readings, Uuid regionState, Uuid scoreHistory) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 1 + 3 * 16;

    byte[] packed() {
        ByteBuffer packed = ByteBuffer.allocate(BYTES).put(FORMAT);
        put(packed, readings);
        put(packed, regionState);
        put(packed, scoreHistory);
        return packed.array();
    }

    /** @throws StateOriginException if it was written in a form that is not known */
    static StateOrigin ofPacked(byte[] packed) {
        if (packed.length != BYTES || packed[0] != FORMAT) {
            throw new StateOriginException(
                    "where the state comes from is stored in a form that this version does not know; serve with the version that wrote it");
        }
        ByteBuffer ids = ByteBuffer.wrap(packed, 1, BYTES - 1);
        return new StateOrigin(next(ids), next(ids), next(ids));
    }

    private static void put(ByteBuffer to, Uuid id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static Uuid next(ByteBuffer from) {
        return new Uuid(from.getLong(), from.getLong());
    }
}
