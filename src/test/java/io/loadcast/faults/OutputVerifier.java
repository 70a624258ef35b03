package io.loadcast.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.app.CommittedRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a topic that was written under faults with one that was written without, both read as committed: exactly one record for
 * each, in order, with the same values. It knows nothing of which records there should be but what the undisturbed run shows. For
 * one thread.
 */
final class OutputVerifier {
    private static final int MOST_EXAMPLES = 10;

    private final OutputKind kind;
    private final Map<String, Expected> expected = new HashMap<>();

    private final Set<String> seen = new HashSet<>();
    private final Map<String, Expected> newest = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long committed;
    private long doubled;
    private long outOfOrder;
    private long unexpected;
    private long wrong;

    /**
     * A record of the undisturbed run.
     *
     * @param position among all of that run; a revision may rightly come after what is later than it
     * @param hash of the record, to the last digit: a forecast does not depend on what shares its batch
     */
    private record Expected(String id, int position, int hash) {}

    OutputVerifier(OutputKind kind) {
        this.kind = kind;
    }

    /** Reads both topics from their beginnings to their ends as of now. */
    static Tally compare(OutputKind kind, String bootstrapServers, String undisturbedTopic, String topic) {
        OutputVerifier verifier = new OutputVerifier(kind);
        CommittedRecords.forEach(
                bootstrapServers, undisturbedTopic, record -> verifier.expect(Contract.json(record.value())));
        CommittedRecords.forEach(bootstrapServers, topic, record -> verifier.take(Contract.json(record.value())));
        return verifier.tally();
    }

    /** Takes a record of the undisturbed run. */
    void expect(JsonNode record) {
        String id = kind.id(record);
        Expected one = new Expected(id, expected.size(), record.toString().hashCode());
        if (expected.put(id, one) != null) {
            throw new AssertionError("the undisturbed run has written twice: " + id);
        }
    }

    /** Takes a record of the other, after all of the undisturbed run. */
    void take(JsonNode record) {
        committed++;
        String id = kind.id(record);
        @Nullable Expected one = expected.get(id);
        if (one != null) {
            requireOrder(kind.series(record), one);
        }
        if (!seen.add(id)) {
            doubled++;
            example(id + " came again");
        } else if (one == null) {
            unexpected++;
            example(id + " was not expected");
        } else if (one.hash() != record.toString().hashCode()) {
            wrong++;
            example(id + " has other values");
        }
    }

    private void requireOrder(String series, Expected one) {
        @Nullable Expected before = newest.get(series);
        if (before != null && one.position() < before.position()) {
            outOfOrder++;
            example(one.id() + " came after " + before.id());
        } else {
            newest.put(series, one);
        }
    }

    private void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }

    Tally tally() {
        long missing = 0;
        for (String id : expected.keySet()) {
            if (!seen.contains(id)) {
                missing++;
                example(id + " is missing");
            }
        }
        return new Tally(
                expected.size(), committed, missing, doubled, outOfOrder, unexpected, wrong, List.copyOf(examples));
    }
}
