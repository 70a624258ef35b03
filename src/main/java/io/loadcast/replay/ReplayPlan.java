package io.loadcast.replay;

import io.loadcast.forecasting.ModelId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a replay has fixed at its first start, so that it does the same whenever it goes on; what it has seen of its topic then; and
 * how far it is. Times are ISO 8601.
 *
 * @param options what has to be the same when it goes on
 * @param source the topic that is read
 * @param partitions by number, those that have a record
 * @param partitionCount how many the source has, empty ones too
 * @param deadLetterEnds by partition, how far live's dead letters are looked at; empty if there were none
 * @param survey what was found on the topic
 * @param model null before its first start has come so far
 * @param lookbackHours of the model; 0 before that
 * @param outputs by the key {@code forecasts}, {@code accuracy} or {@code dead-letters}, the topics written to; empty before that
 * @param finishedAt null while there is something left to do
 */
record ReplayPlan(
        SortedMap<String, String> options,
        String source,
        SortedMap<Integer, Range> partitions,
        int partitionCount,
        SortedMap<Integer, Long> deadLetterEnds,
        TopicSurvey survey,
        @Nullable ModelId model,
        int lookbackHours,
        SortedMap<String, Output> outputs,
        String startedAt,
        @Nullable String finishedAt) {
    static final String FORECASTS = "forecasts";
    static final String ACCURACY = "accuracy";
    static final String DEAD_LETTERS = "dead-letters";

    static final String FROM_THE_BEGINNING = "earliest";

    /** For a load by the ratio of the day before, which reaches that far behind the lookback. */
    private static final int MORE_WARM_UP_HOURS = 25;

    /**
     * The records of a partition that are there.
     *
     * @param begin offset of the first
     * @param end offset after the last
     */
    record Range(long begin, long end) {}

    /** A topic, and by partition the offset at which it ended before the replay. */
    record Output(String topic, SortedMap<Integer, Long> begins) {
        Output {
            begins = new TreeMap<>(begins);
        }
    }

    Map<Integer, Long> ends() {
        return partitions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().end()));
    }

    /**
     * For how long after the first forecast of a region its forecasts cannot be those of live, which knew what was before: a lookback
     * and 25 hours, where it does not start with the topic's first reading. Empty if it does.
     */
    Optional<Duration> warmUp() {
        boolean isWhole = survey.deleted() == 0 && FROM_THE_BEGINNING.equals(options.get(ReplayRequest.FROM));
        return isWhole ? Optional.empty() : Optional.of(Duration.ofHours(lookbackHours + MORE_WARM_UP_HOURS));
    }

    ReplayPlan begun(ModelId servedModel, int lookback, SortedMap<String, Output> topics) {
        return new ReplayPlan(
                options,
                source,
                partitions,
                partitionCount,
                deadLetterEnds,
                survey,
                servedModel,
                lookback,
                topics,
                startedAt,
                null);
    }

    /** The same work, not begun. */
    ReplayPlan again(String now) {
        return new ReplayPlan(
                options,
                source,
                partitions,
                partitionCount,
                deadLetterEnds,
                survey,
                null,
                0,
                new TreeMap<>(),
                now,
                null);
    }

    ReplayPlan finished(String now) {
        return new ReplayPlan(
                options,
                source,
                partitions,
                partitionCount,
                deadLetterEnds,
                survey,
                model,
                lookbackHours,
                outputs,
                startedAt,
                now);
    }

    /** @throws ReplayException if they are not those of this plan; it says which differ */
    void requireOptions(SortedMap<String, String> now) {
        SortedMap<String, String> all = new TreeMap<>(options);
        all.putAll(now);
        List<String> differences = new ArrayList<>();
        for (String option : all.keySet()) {
            String before = options.getOrDefault(option, "not given");
            String after = now.getOrDefault(option, "not given");
            if (!before.equals(after)) {
                differences.add(option + " was " + before + " and is " + after);
            }
        }
        if (!differences.isEmpty()) {
            throw new ReplayException("a replay of this name was started with other options ("
                    + String.join("; ", differences)
                    + "): give another --out-suffix, or --restart to begin anew");
        }
    }

    /** @throws ReplayException if the other plan is of other records */
    void requireRecordsOf(ReplayPlan other) {
        if (!partitions.equals(other.partitions)) {
            throw new ReplayException("a replay of this name was begun over other records than the one beside it;"
                    + " give --restart to begin both anew");
        }
    }
}
