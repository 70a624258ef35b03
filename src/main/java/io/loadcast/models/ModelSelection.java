package io.loadcast.models;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelRefusal;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.forecasting.UnfitModelException;
import io.loadcast.inference.ModelFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in force what a catalogue assigns: opens what is not open yet, beside what forecasts meanwhile, and publishes one snapshot. A
 * champion that cannot be served is refused, and the newest of those before it that can is in force in its place; in the end, the model
 * that the program was started with. Which model that is follows from the catalogue alone, so all instances choose the same, and a
 * restart too. What is still on its way is not waited for: until it is there, a champion's scope keeps what it had, and a challenger is
 * left out. For one thread.
 */
final class ModelSelection {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSelection.class);
    private static final int LONGEST_REASON = 400;

    private record Refused(ModelScope scope, String role, String sha256) {}

    private final ModelFile configured;
    private final ModelOpening opening;
    private final ServedModels models;
    private final int mostChallengers;
    private final RegionAssignments assignments;

    /** Those of the newest {@link #apply}, with the reasons. */
    private Map<Refused, String> refused = new LinkedHashMap<>();

    // Of one apply: what was opened or found open, and what failed, by checksum.
    private final Map<String, ForecastEngine> engines = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private Map<Refused, String> refusedNow = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private boolean isChampionAwaited;

    /** Of models whose flaw is their own, by checksum: the place where the file lay, and the reason. Not looked at again there. */
    private final Map<String, Unfit> unfit = new HashMap<>();

    private record Unfit(String place, String reason) {}

    /** Of which more challengers than run it was said. */
    private final Set<String> left = new HashSet<>();

    /**
     * @param configured is in force where nothing is assigned
     * @param opening opens, checks and warms an engine
     * @param mostChallengers of a scope that are opened: the first so many
     * @param assignments are told what is in force
     */
    ModelSelection(
            ModelFile configured,
            ModelOpening opening,
            ServedModels models,
            int mostChallengers,
            RegionAssignments assignments) {
        this.configured = configured;
        this.opening = opening;
        this.models = models;
        this.mostChallengers = mostChallengers;
        this.assignments = assignments;
    }

    /** Whether something that is assigned could not be served; it may be worth another try. */
    boolean hasRefused() {
        return refused.keySet().stream().anyMatch(what -> !unfit.containsKey(what.sha256()));
    }

    /** Whether, at the newest {@link #apply}, the file of a champion was on its way, so that another forecasts in its place. */
    boolean isChampionAwaited() {
        return isChampionAwaited;
    }

    /** Puts in force what the catalogue says, as far as it is there: champions first. */
    void apply(ModelCatalog catalog, ModelFiles files) {
        engines.clear();
        failures.clear();
        asked.clear();
        isChampionAwaited = false;
        refusedNow = new LinkedHashMap<>();
        ModelSnapshot before = models.inForce();
        before.engines().forEach(engine -> engines.put(engine.model().sha256(), engine));

        ForecastEngine champion = champion(ModelScope.ALL, before.champion(), catalog, files)
                .or(() -> open(configured.id().sha256(), true, files))
                .orElse(before.champion());
        Map<Region, ForecastEngine> champions = new HashMap<>();
        Map<Region, List<ForecastEngine>> challengers = new HashMap<>();
        List<Region> regions = catalog.assignments().keySet().stream()
                .map(key -> ModelScope.ofKey(key).region())
                .filter(Objects::nonNull)
                .toList();
        for (Region region : regions) {
            champion(new ModelScope(region), before.regionChampions().get(region), catalog, files)
                    .ifPresent(engine -> champions.put(region, engine));
        }
        for (Region region : regions) {
            challengers.put(region, challengers(new ModelScope(region), catalog, files));
        }
        ModelSnapshot next =
                new ModelSnapshot(champion, champions, challengers(ModelScope.ALL, catalog, files), challengers);
        tellChanges(before, next, catalog);
        assignments.are(catalog.assignments(), catalog.checksums());
        models.publish(next);
        models.closeRetired();
        tellRefusals(next, catalog);
        unfit.keySet().retainAll(failures.keySet());
        files.keepOnly(asked);
        engines.clear(); // what was closed is not kept
    }

    /**
     * The first that can be served of a scope's champion and those before it; empty if it has none of its own.
     *
     * @param before the scope's own until now: goes on while it is not known which is the first
     */
    private Optional<ForecastEngine> champion(
            ModelScope scope, @Nullable ForecastEngine before, ModelCatalog catalog, ModelFiles files) {
        ModelAssignment assignment = catalog.assignment(scope).orElse(null);
        if (assignment == null || assignment.champion() == null) {
            return Optional.empty();
        }
        List<String> inOrder = new ArrayList<>(assignment.previous());
        inOrder.add(0, assignment.champion());
        for (String sha256 : inOrder) {
            Optional<ForecastEngine> engine = open(sha256, true, files);
            if (engine.isPresent()) {
                return engine;
            }
            if (!failures.containsKey(sha256)) {
                isChampionAwaited = true;
                return Optional.ofNullable(before);
            }
            if (sha256.equals(assignment.champion())) {
                refuse(scope, "champion", sha256);
            }
        }
        return Optional.empty();
    }

    private List<ForecastEngine> challengers(ModelScope scope, ModelCatalog catalog, ModelFiles files) {
        List<ForecastEngine> opened = new ArrayList<>();
        List<String> assigned =
                catalog.assignment(scope).map(ModelAssignment::challengers).orElse(List.of());
        if (assigned.size() > mostChallengers && left.add(scope + " " + assigned)) {
            LOG.warn(
                    "{}: {} challengers are assigned, and the first {} run; loadcast.challengers.max says how many may",
                    scope,
                    assigned.size(),
                    mostChallengers);
        }
        for (String sha256 : assigned.subList(0, Math.min(assigned.size(), mostChallengers))) {
            open(sha256, false, files).ifPresent(opened::add);
            if (failures.containsKey(sha256)) {
                refuse(scope, "challenger", sha256);
            }
        }
        return opened;
    }

    private void refuse(ModelScope scope, String role, String sha256) {
        refusedNow.put(new Refused(scope, role, sha256), failures.getOrDefault(sha256, "for an unknown reason"));
    }

    /** Empty if it has failed, or is on its way. */
    private Optional<ForecastEngine> open(String sha256, boolean isUrgent, ModelFiles files) {
        ForecastEngine known = engines.get(sha256);
        if (known != null || failures.containsKey(sha256)) {
            return Optional.ofNullable(known);
        }
        String place = files.place(sha256);
        Unfit before = unfit.get(sha256);
        if (before != null && before.place().equals(place)) {
            failures.put(sha256, before.reason());
            return Optional.empty();
        }
        try {
            Optional<ForecastEngine> opened = file(sha256, isUrgent, files).map(opening::open);
            opened.ifPresent(engine -> engines.put(sha256, engine));
            return opened;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) { // whatever it is, the models in force must go on
            failures.put(sha256, reason(e));
            if (e instanceof UnfitModelException) {
                unfit.put(sha256, new Unfit(place, reason(e)));
            }
            LOG.debug("model {} cannot be served", sha256, e);
            return Optional.empty();
        }
    }

    private Optional<ModelFile> file(String sha256, boolean isUrgent, ModelFiles files) {
        if (sha256.equals(configured.id().sha256())) {
            return Optional.of(configured);
        }
        asked.add(sha256);
        return files.read(sha256, isUrgent).map(bytes -> file(sha256, bytes, files));
    }

    private static ModelFile file(String sha256, byte[] bytes, ModelFiles files) {
        String found = ModelFile.sha256(bytes);
        if (!found.equals(sha256)) {
            String flaw = "its file has the checksum " + found + ", not " + sha256;
            throw files.place(sha256).isEmpty() ? new ForecastEngineException(flaw) : new UnfitModelException(flaw);
        }
        try {
            return ModelFile.of(sha256, bytes);
        } catch (ForecastEngineException e) {
            throw new UnfitModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String reason(RuntimeException e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("for an unknown reason");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + " …";
    }

    private void tellChanges(ModelSnapshot before, ModelSnapshot next, ModelCatalog catalog) {
        tellChange(ModelScope.ALL, before.champion(), next.champion());
        for (String key : catalog.assignments().keySet()) {
            Region region = ModelScope.ofKey(key).region();
            if (region != null) {
                tellChange(ModelScope.ofKey(key), before.champion(region), next.champion(region));
            }
        }
    }

    private static void tellChange(ModelScope scope, ForecastEngine before, ForecastEngine next) {
        if (before != next) {
            LOG.info(
                    "{}: model {} ({}) is in force, in place of {} ({})",
                    scope,
                    ModelDescriptor.name(next.model()),
                    next.model().sha256(),
                    ModelDescriptor.name(before.model()),
                    before.model().sha256());
        }
    }

    private void tellRefusals(ModelSnapshot inForce, ModelCatalog catalog) {
        refusedNow.forEach((what, reason) -> {
            if (!refused.containsKey(what)) {
                ModelRefusal refusal = refusal(true, what, reason, inForce, catalog);
                LOG.warn(
                        "{}: {} {} ({}) is refused: {}; model {} ({}) is in force",
                        what.scope(),
                        what.role(),
                        ModelDescriptor.name(refusal.model()),
                        what.sha256(),
                        reason,
                        ModelDescriptor.name(refusal.inForce()),
                        refusal.inForce().sha256());
                models.tell(refusal);
            }
        });
        refused.forEach((what, reason) -> {
            if (!refusedNow.containsKey(what)) {
                models.tell(refusal(false, what, reason, inForce, catalog));
            }
        });
        refused = refusedNow;
    }

    private static ModelRefusal refusal(
            boolean isRefused, Refused what, String reason, ModelSnapshot inForce, ModelCatalog catalog) {
        @Nullable Region region = what.scope().region();
        ModelId model = catalog.model(what.sha256())
                .map(ModelDescriptor::id)
                .orElse(new ModelId("unknown", "unknown", what.sha256()));
        ForecastEngine champion = region == null ? inForce.champion() : inForce.champion(region);
        return new ModelRefusal(isRefused, region, what.role(), model, reason, champion.model());
    }
}
