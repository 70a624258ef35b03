package io.loadcast.monitoring;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a probe.
 *
 * @param reasons why it is not well; empty if it is
 */
record Health(List<String> reasons) {

    boolean isUp() {
        return reasons.isEmpty();
    }

    /** Whether the program can still get on by itself; if not, only a restart helps. */
    static Health liveness(ProgramStatus status) {
        List<String> reasons = new ArrayList<>();
        status.givenUp().ifPresent(why -> reasons.add("the topology was stopped: " + why));
        switch (status.streams()) {
            case ERROR, PENDING_ERROR ->
                reasons.add("the topology has stopped after a failure that no retry mends; the log says which."
                        + " Mend it and start again");
            case NOT_RUNNING -> {
                if (reasons.isEmpty()) {
                    reasons.add("the topology is closed; start again");
                }
            }
            default -> {} // at work, or on its way to or from it
        }
        return new Health(reasons);
    }

    /** Whether the instance does its share now. */
    static Health readiness(ProgramStatus status) {
        List<String> reasons = new ArrayList<>(liveness(status).reasons());
        if (reasons.isEmpty() && status.stopping()) {
            reasons.add("the program is being stopped");
        } else if (reasons.isEmpty()) {
            switch (status.streams()) {
                case RUNNING -> {}
                case REBALANCING ->
                    reasons.add("the topology is being given its partitions" + restoring(status.restore()));
                case CREATED -> reasons.add("the topology is not started yet" + before(status));
                default -> reasons.add("the topology is being stopped");
            }
        }
        if (status.model().isEmpty()) {
            reasons.add("no model is loaded yet");
        }
        status.lostTopics().filter(why -> status.givenUp().isEmpty()).ifPresent(reasons::add);
        return new Health(reasons);
    }

    /** Whether the start is over: the topology has had its partitions and all their state once. It may take long, so see how it gets on. */
    static Health startup(ProgramStatus status) {
        if (status.hasRun()) {
            return new Health(List.of());
        }
        Health live = liveness(status);
        return live.isUp()
                ? new Health(List.of("the topology has not run yet" + before(status) + restoring(status.restore())))
                : live;
    }

    private static String before(ProgramStatus status) {
        return status.beforeStart().map(step -> ": " + step).orElse("");
    }

    private static String restoring(RestoreProgress.Snapshot restore) {
        return restore.storesRestoring() == 0
                ? ""
                : ": its state is being restored, " + restore.recordsRestored() + " of about " + restore.recordsTotal()
                        + " records, " + restore.storesRestoring() + " stores to go";
    }
}
