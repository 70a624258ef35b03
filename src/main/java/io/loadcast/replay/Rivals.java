package io.loadcast.replay;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Other processes in the group of a replay. Two that start at once both find the group empty; each gets some of the partitions then, and
 * neither comes to an end. One of them gives way: the one whose client ids sort last. For one thread.
 */
final class Rivals {
    /** A member that has just left, or is just about to, is seen for a moment. */
    private static final long GRACE_NANOS = 3_000_000_000L;

    /** One that should give way and does not is no replay, or of another version. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final String applicationId;
    private boolean isSeen;
    private long sinceNanos;

    Rivals(String applicationId) {
        this.applicationId = applicationId;
    }

    /**
     * Looks at the group as it is now.
     *
     * @param members hosts by client id
     * @param own client ids of this process; empty before it has any
     * @throws ReplayException if this process has to give way
     */
    void look(Map<String, String> members, Set<String> own, long nanos) {
        SortedMap<String, String> others = new TreeMap<>();
        Set<String> ownProcesses = own.stream().map(Rivals::process).collect(Collectors.toSet());
        members.forEach((client, host) -> {
            if (!ownProcesses.contains(process(client))) {
                others.put(process(client), host);
            }
        });
        if (own.isEmpty() || others.isEmpty()) {
            isSeen = false;
            return;
        }
        if (!isSeen) {
            isSeen = true;
            sinceNanos = nanos;
        }
        long seenNanos = nanos - sinceNanos;
        boolean givesWay =
                ownProcesses.stream().allMatch(mine -> others.firstKey().compareTo(mine) < 0);
        if (givesWay && seenNanos >= GRACE_NANOS || seenNanos >= PATIENCE_NANOS) {
            throw new ReplayException("another process, at " + others.get(others.firstKey()) + ", runs " + applicationId
                    + " too, so this one stops; wait for the other, or give another --out-suffix");
        }
    }

    /** A client id without the number of the thread. */
    private static String process(String clientId) {
        int thread = clientId.indexOf("-StreamThread-");
        return thread < 0 ? clientId : clientId.substring(0, thread);
    }
}
