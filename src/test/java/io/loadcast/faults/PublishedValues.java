package io.loadcast.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The values of one output record, packed: what must be equal to the letter, and numbers that follow from the model's.
 *
 * <p>The model's numbers depend on what shares its batch in their last bits, and are rounded before they are published; so two
 * right computations may differ by one unit of the last digit.
 *
 * @param exact a hash of all names, texts, truths and whole numbers
 * @param numbers all others, in the record's order, each in units of what the last digit of a load can make of it
 */
record PublishedValues(int exact, float[] numbers) {
    private static final double MW_UNIT = 0.1;
    private static final double PCT_UNIT = 0.05;
    private static final float ONE_UNIT = 1.1f; // floats are coarse themselves

    /** A load that lies on the bound of an interval is in it or not by the last digit. */
    private static final Set<String> BY_THE_LAST_DIGIT =
            Set.of("in_interval", "coverage_24h_pct", "coverage_168h_pct", "coverage_all_pct");

    static PublishedValues of(JsonNode record) {
        Packing packing = new Packing();
        packing.add("", record);
        return new PublishedValues(packing.exact, Arrays.copyOf(packing.numbers, packing.size));
    }

    boolean agreesWith(PublishedValues other) {
        if (exact != other.exact || numbers.length != other.numbers.length) {
            return false;
        }
        for (int i = 0; i < numbers.length; i++) {
            if (!(Math.abs(numbers[i] - other.numbers[i]) <= ONE_UNIT)) {
                return false;
            }
        }
        return true;
    }

    private static final class Packing {
        private int exact = 1;
        private float[] numbers = new float[16];
        private int size;

        void add(String name, JsonNode node) {
            if (BY_THE_LAST_DIGIT.contains(name)) {
                return;
            }
            exact = 31 * exact + name.hashCode();
            if (node.isFloatingPointNumber()) {
                addNumber(name, node.asDouble());
            } else if (node.isContainerNode()) {
                exact = 31 * exact + node.size();
                node.elements().forEachRemaining(element -> {
                    if (node.isArray()) {
                        add(name, element);
                    }
                });
                for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                    Map.Entry<String, JsonNode> field = fields.next();
                    add(field.getKey(), field.getValue());
                }
            } else {
                exact = 31 * exact + node.asText().hashCode();
            }
        }

        private void addNumber(String name, double value) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = (float) (value / (name.endsWith("_pct") ? PCT_UNIT : MW_UNIT));
        }
    }
}
