package io.loadcast.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a topic of readings holds for a replay, and what it does not hold any more.
 *
 * @param topic its name
 * @param records on the topic
 * @param taken those of them that the replay takes
 * @param refusedByLive those that it passes over because live has refused them as being from the future
 * @param invalid those taken that are no valid readings
 * @param regions of the readings taken
 * @param firstValidTime of the readings taken, ISO 8601; null if there are none
 * @param lastValidTime of the readings taken, ISO 8601; null if there are none
 * @param deleted offsets before the oldest record
 * @param holes offsets between the oldest and the newest record that hold none that is committed
 * @param compacted whether the topic is compacted
 * @param absentRegions those asked for by name of which no reading is taken
 * @param splitRegions those with readings in more than one partition; null in plans of before
 */
public record TopicSurvey(
        String topic,
        long records,
        long taken,
        long refusedByLive,
        long invalid,
        int regions,
        @Nullable String firstValidTime,
        @Nullable String lastValidTime,
        long deleted,
        long holes,
        boolean compacted,
        List<String> absentRegions,
        @Nullable List<String> splitRegions) {

    /** The regions with readings in more than one partition. */
    public List<String> split() {
        return splitRegions == null ? List.of() : splitRegions;
    }

    /** What is missing, and what that means; a sentence each, for people. Empty if nothing is. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!absentRegions.isEmpty()) {
            missing.add("no reading of " + NamedRegions.listed(absentRegions) + " is taken: " + topic
                    + " has none of them, or none between --from and --to; look at the names in --regions");
        }
        if (!split().isEmpty()) {
            missing.add("one partition for each region: readings of " + NamedRegions.listed(split())
                    + " lie in several, each with a state, a clock and forecasts of its own. Their writers have different"
                    + " partitioners; give all of them murmur2 (librdkafka, kcat: partitioner=murmur2_random)");
        }
        if (deleted > 0) {
            missing.add(String.format(
                    Locale.ROOT,
                    "topic %s is truncated: its first %,d offsets are deleted. The replay begins without what live knew"
                            + " by then, so every region warms up anew, and its first days differ from live's",
                    topic,
                    deleted));
        }
        if (compacted) {
            missing.add(String.format(
                    Locale.ROOT,
                    "topic %s is compacted (cleanup.policy): of what has one key, which is the region, the newest"
                            + " record alone is sure to be there; %,d offsets between hold no record any more. Live"
                            + " has seen readings that the replay does not see",
                    topic,
                    holes));
        } else if (holes > 0) {
            missing.add(String.format(
                    Locale.ROOT,
                    "topic %s has %,d offsets between its records that hold none. Transactions leave such, also where"
                            + " meters are summed, and nothing is missing then; so does compaction, if the topic was"
                            + " compacted before",
                    topic,
                    holes));
        }
        return missing;
    }
}
