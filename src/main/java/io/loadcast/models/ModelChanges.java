package io.loadcast.models;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that can be made to a catalogue, each as the records that make it. They belong into one transaction, made from the
 * catalogue as it is then: {@link ModelTopicWriter#change}.
 */
public final class ModelChanges {

    /** What a model is published as. */
    public enum Role {
        /** Forecasts what is published. */
        CHAMPION,
        /** Runs beside the champion. */
        CHALLENGER
    }

    private ModelChanges() {}

    /**
     * A model is added, and assigned if it has a role.
     *
     * @param file its bytes; not written if the descriptor has a URI
     * @throws ModelCatalogException if it is too large for the topic and has no URI
     */
    public static List<ModelRecord> publish(
            ModelCatalog catalog, ModelDescriptor model, byte[] file, @Nullable Role role, List<ModelScope> scopes) {
        List<ModelRecord> records = new ArrayList<>();
        String sha256 = model.id().sha256();
        if (model.uri() == null) {
            if (file.length > ModelDescriptor.LARGEST_IN_TOPIC_BYTES) {
                throw new ModelCatalogException(
                        "the file has " + file.length + " bytes; a record of the topic holds at most "
                                + ModelDescriptor.LARGEST_IN_TOPIC_BYTES
                                + ". Put it where all instances can fetch it, and say where by --uri");
            }
            records.add(new ModelRecord(ModelRecord.FILE + sha256, file));
        }
        records.add(new ModelRecord(ModelRecord.MODEL + sha256, ModelJson.of(model)));
        for (ModelScope scope : role == null ? List.<ModelScope>of() : scopes) {
            ModelAssignment before = before(catalog, scope, model.publishedTime());
            records.add(assigned(
                    scope,
                    role == Role.CHAMPION
                            ? before.promoted(sha256, model.publishedTime())
                            : before.challengedBy(sha256, model.publishedTime())));
        }
        return records;
    }

    /** A published model becomes champion. */
    public static List<ModelRecord> promote(
            ModelCatalog catalog, ModelDescriptor model, List<ModelScope> scopes, Instant now) {
        return scopes.stream()
                .map(scope -> assigned(
                        scope, before(catalog, scope, now).promoted(model.id().sha256(), now)))
                .toList();
    }

    /**
     * A challenger becomes champion of all regions that have none of their own; see {@link ModelAssignment#promotedOver}.
     *
     * @param champion checksum of the model that was in force, whether or not it was assigned
     * @throws ModelCatalogException if the other does not challenge there any more
     */
    public static List<ModelRecord> promoteOver(ModelCatalog catalog, String champion, String challenger, Instant now) {
        ModelAssignment before = before(catalog, ModelScope.ALL, now);
        if (!before.challengers().contains(challenger)) {
            throw new ModelCatalogException("model " + challenger + " no longer challenges in all regions; publish it"
                    + " again with --role challenger, or promote it by 'loadcast models promote'");
        }
        return List.of(assigned(
                ModelScope.ALL, before.promotedOver(champion, challenger, null, now, catalog.checksums()::contains)));
    }

    /**
     * The champion before becomes champion again. In a region whose challengers were judged, none comes back that is not assigned there: a
     * challenger that was rejected would be promoted again.
     *
     * @throws ModelCatalogException if a scope has no champion of its own
     */
    public static List<ModelRecord> rollBack(ModelCatalog catalog, List<ModelScope> scopes, Instant now) {
        List<ModelRecord> records = new ArrayList<>();
        for (ModelScope scope : scopes) {
            ModelAssignment before = before(catalog, scope, now);
            if (before.champion() == null) {
                throw new ModelCatalogException(scope + ": no champion is assigned, so there is none to go back from");
            }
            ModelAssignment after = before.rolledBack(now)
                    .onTopic(ModelAssignment.assignableIn(
                            scope, catalog.assignment(ModelScope.ALL), catalog.checksums()));
            records.add(
                    after.isNone() && wouldBringBack(catalog, scope, before)
                            ? new ModelRecord(ModelRecord.ASSIGNMENT + scope.key(), ModelJson.of(after))
                            : assigned(scope, after));
        }
        return records;
    }

    /** Whether a region without an assignment would have challengers that were rejected there. */
    private static boolean wouldBringBack(ModelCatalog catalog, ModelScope scope, ModelAssignment before) {
        List<String> ofAll = catalog.assignment(ModelScope.ALL)
                .map(ModelAssignment::challengers)
                .orElse(List.of());
        return scope.region() != null
                && !ofAll.isEmpty()
                && (before.evidence() != null || ofAll.contains(before.champion()));
    }

    /**
     * A model is taken out: it challenges nowhere any more, nothing goes back to it, and its file is deleted.
     *
     * @throws ModelCatalogException if it is champion of anything
     */
    public static List<ModelRecord> retire(ModelCatalog catalog, ModelDescriptor model, Instant now) {
        String sha256 = model.id().sha256();
        List<ModelRecord> records = new ArrayList<>();
        for (Map.Entry<String, ModelAssignment> entry : catalog.assignments().entrySet()) {
            ModelScope scope = ModelScope.ofKey(entry.getKey());
            ModelAssignment assignment = entry.getValue();
            if (sha256.equals(assignment.champion())) {
                throw new ModelCatalogException(
                        "model " + model.name() + " is champion of " + scope + "; promote another there first");
            }
            if (assignment.names(sha256)) {
                records.add(assigned(scope, assignment.without(sha256, now)));
            }
        }
        records.add(new ModelRecord(ModelRecord.MODEL + sha256, null));
        records.add(new ModelRecord(ModelRecord.FILE + sha256, null));
        return records;
    }

    private static ModelAssignment before(ModelCatalog catalog, ModelScope scope, Instant now) {
        return catalog.assignment(scope).orElse(ModelAssignment.none(now));
    }

    /** An assignment that says nothing is deleted, so that the scope has what it would have without. */
    static ModelRecord assigned(ModelScope scope, ModelAssignment assignment) {
        return new ModelRecord(
                ModelRecord.ASSIGNMENT + scope.key(), assignment.isNone() ? null : ModelJson.of(assignment));
    }
}
