package io.loadcast.streaming;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * The topics that a task's state was made from and is kept in, by their ids: one that is deleted and created again has its name and
 * another id.
 *
 * @param source of the topic that it was made from
 * @param changelogs of the changelog topics, in the order of {@link KeptState#stores}; fewer if a version wrote it that had fewer
 */
public record StateOrigin(Uuid source, List<Uuid> changelogs) {
    private static final byte FORMAT = 1;
    private static final int ID_BYTES = 16;

    public StateOrigin {
        changelogs = List.copyOf(changelogs);
    }

    byte[] packed() {
        ByteBuffer packed = ByteBuffer.allocate(bytes(changelogs.size())).put(FORMAT);
        put(packed, source);
        changelogs.forEach(id -> put(packed, id));
        return packed.array();
    }

    /**
     * @param changelogs how many changelogs the state has now
     * @throws StateOriginException if it was written in a form that is not known, or with more changelogs
     */
    static StateOrigin ofPacked(byte[] packed, int changelogs) {
        boolean isKnown = packed.length >= bytes(1)
                && packed.length <= bytes(changelogs)
                && (packed.length - bytes(0)) % ID_BYTES == 0
                && packed[0] == FORMAT;
        if (!isKnown) {
            throw new StateOriginException(
                    "where the state comes from is stored in a form that this version does not know; serve with the version that wrote it");
        }
        ByteBuffer from = ByteBuffer.wrap(packed, 1, packed.length - 1);
        Uuid source = next(from);
        List<Uuid> ids = new ArrayList<>();
        while (from.hasRemaining()) {
            ids.add(next(from));
        }
        return new StateOrigin(source, ids);
    }

    private static int bytes(int changelogs) {
        return 1 + (1 + changelogs) * ID_BYTES;
    }

    private static void put(ByteBuffer to, Uuid id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static Uuid next(ByteBuffer from) {
        return new Uuid(from.getLong(), from.getLong());
    }
}
