package io.loadcast.models;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the records of the models topic add up to: the published models, and what they are assigned to. For one thread. */
public final class ModelCatalog {
    private static final int SHORTEST_PREFIX = 4;

    private final Map<String, ModelDescriptor> models = new HashMap<>();
    private final Map<String, Long> fileOffsets = new HashMap<>();
    private final Map<String, ModelAssignment> assignments = new TreeMap<>();

    /**
     * Takes the topic's next record. One that is not valid changes nothing: what was said before holds.
     *
     * @param offset where it lies
     * @throws IllegalArgumentException if it is not valid; says why
     */
    void take(String key, byte @Nullable [] value, long offset) {
        if (key.startsWith(ModelRecord.FILE)) {
            keep(fileOffsets, after(ModelRecord.FILE, key), value == null ? null : offset);
        } else if (key.startsWith(ModelRecord.MODEL)) {
            String sha256 = after(ModelRecord.MODEL, key);
            ModelDescriptor model = value == null ? null : ModelJson.descriptor(value);
            if (model != null && !model.id().sha256().equals(sha256)) {
                throw new IllegalArgumentException("its sha256 " + model.id().sha256() + " is not that of its key");
            }
            keep(models, sha256, model);
        } else if (key.startsWith(ModelRecord.ASSIGNMENT)) {
            ModelScope scope = ModelScope.ofKey(after(ModelRecord.ASSIGNMENT, key));
            keep(assignments, scope.key(), value == null ? null : ModelJson.assignment(value));
        } else {
            throw new IllegalArgumentException("its key begins with none of " + ModelRecord.FILE + ", "
                    + ModelRecord.MODEL + ", " + ModelRecord.ASSIGNMENT);
        }
    }

    private static String after(String prefix, String key) {
        return key.substring(prefix.length());
    }

    private static <T> void keep(Map<String, T> all, String key, @Nullable T value) {
        if (value == null) {
            all.remove(key);
        } else {
            all.put(key, value);
        }
    }

    /** The published models, newest first. */
    public List<ModelDescriptor> models() {
        return models.values().stream()
                .sorted(Comparator.comparing(ModelDescriptor::publishedTime)
                        .reversed()
                        .thenComparing(model -> model.id().sha256()))
                .toList();
    }

    /** The checksums of the published models. */
    Set<String> checksums() {
        return Collections.unmodifiableSet(models.keySet());
    }

    /** The published model of this checksum. */
    public Optional<ModelDescriptor> model(String sha256) {
        return Optional.ofNullable(models.get(sha256));
    }

    /** Where a model's file lies in the topic; empty if it does not. */
    Optional<Long> fileOffset(String sha256) {
        return Optional.ofNullable(fileOffsets.get(sha256));
    }

    /** All assignments by the {@linkplain ModelScope#key key} of their scope, sorted: that of all regions comes first. */
    public Map<String, ModelAssignment> assignments() {
        return Collections.unmodifiableMap(assignments);
    }

    /** The assignment of a scope. */
    public Optional<ModelAssignment> assignment(ModelScope scope) {
        return Optional.ofNullable(assignments.get(scope.key()));
    }

    /** The models that are to challenge in a region, by its name: its own, if it has an assignment; else those of all. */
    public List<String> challengers(String region) {
        ModelAssignment own = assignments.get(region);
        ModelAssignment inForce = own == null ? assignments.get(ModelScope.ALL.key()) : own;
        return inForce == null ? List.of() : inForce.challengers();
    }

    /**
     * The model that somebody means.
     *
     * @param wanted {@code NAME@VERSION}, or the first digits of its checksum
     * @throws ModelCatalogException if there is none, or more than one
     */
    public ModelDescriptor named(String wanted) {
        List<ModelDescriptor> found = models().stream()
                .filter(model -> model.name().equals(wanted)
                        || wanted.length() >= SHORTEST_PREFIX
                                && model.id().sha256().startsWith(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new ModelCatalogException("no published model is '" + wanted + "'; give NAME@VERSION or at least "
                    + SHORTEST_PREFIX + " digits of its checksum, as 'loadcast models list' prints them");
        }
        if (found.size() > 1) {
            throw new ModelCatalogException("'" + wanted + "' is any of "
                    + found.stream().map(model -> model.id().sha256()).collect(Collectors.joining(", "))
                    + "; give enough of a checksum to tell them apart");
        }
        return found.get(0);
    }
}
