package io.loadcast.forecasting;

import io.loadcast.domain.Baseline;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lookbacks of due hours into forecasts, many in one run of a model; each region's by its champion.
 *
 * <p>Between {@link #begin} and {@link #end} it holds the {@linkplain ServedModels#lease models} that were in force at the beginning: all
 * forecasts in between come from these, whatever is put in force meanwhile. Not thread-safe: it owns native memory and calendars. Each
 * task has its own; the models behind them are shared, and closed by whoever opened them.
 */
public final class ForecastBatch {
    private static final List<Quantile> PUBLISHED = List.of(Quantile.P10, Quantile.P50, Quantile.P90);

    private final ServedModels models;
    private final RegionCalendars civilCalendars;
    private final ImputationLimits limits;
    private final Ladder ladder;
    private final int capacity;

    /** Of the champions of the snapshot leased last. */
    private final EngineBatches champions;

    private final ChallengerRuns challengers;

    /** What these were made for. Not held, once its lease was given back. */
    private @Nullable ModelSnapshot known;

    /** Held; null outside of a flush. */
    private @Nullable ModelSnapshot leased;

    /**
     * @param limits how much of a lookback may be imputed before the ladder below takes the model's place
     * @param capacity windows in one run of a model, at most
     * @throws IllegalArgumentException if the capacity is not positive
     */
    public ForecastBatch(ServedModels models, RegionCalendars civilCalendars, ImputationLimits limits, int capacity) {
        this(models, civilCalendars, limits, capacity, System::nanoTime);
    }

    ForecastBatch(
            ServedModels models,
            RegionCalendars civilCalendars,
            ImputationLimits limits,
            int capacity,
            LongSupplier nanoTime) {
        if (capacity < 1) {
            throw new IllegalArgumentException("batch capacity " + capacity + " is not positive");
        }
        this.models = models;
        this.civilCalendars = civilCalendars;
        this.limits = limits;
        this.ladder = new Ladder(civilCalendars);
        this.capacity = capacity;
        this.champions = new EngineBatches(capacity);
        this.challengers = new ChallengerRuns(capacity, nanoTime);
    }

    /**
     * With one model for good, which stays the caller's to close.
     *
     * @throws ForecastEngineException if it is not {@linkplain #requireServable servable}
     * @throws IllegalArgumentException if the capacity is not positive
     */
    public ForecastBatch(ForecastEngine engine, RegionCalendars civilCalendars, ImputationLimits limits, int capacity) {
        this(new ServedModels(ModelSnapshot.of(engine)), civilCalendars, limits, capacity);
        requireServable(engine.manifest());
    }

    /**
     * Checks that a model gives what a forecast consists of.
     *
     * @throws UnfitModelException if it lacks one of the quantiles 0.1, 0.5 and 0.9, or looks further ahead than the day that
     *     the baseline knows
     */
    public static void requireServable(ModelManifest manifest) {
        if (!manifest.quantiles().containsAll(PUBLISHED)) {
            throw new UnfitModelException("model '" + manifest.name() + "' gives the quantiles " + manifest.quantiles()
                    + "; serve one with 0.1, 0.5 and 0.9");
        }
        if (manifest.horizonHours() > Baseline.MAX_LEAD_HOURS) {
            throw new UnfitModelException("model '" + manifest.name() + "' looks " + manifest.horizonHours()
                    + " hours ahead; serve one that looks at most " + Baseline.MAX_LEAD_HOURS);
        }
    }

    /** What the champion of most regions runs on now. */
    public String device() {
        return models.inForce().champion().device();
    }

    /** The {@linkplain ForecastEngine#takeDeviceChange oldest change of device} of a model in force that nobody has taken yet, or null. */
    public @Nullable DeviceChange takeDeviceChange() {
        return models.takeDeviceChange();
    }

    /** The {@linkplain ServedModels#takeRefusal oldest refusal of a model} that nobody has taken yet, or null. */
    public @Nullable ModelRefusal takeRefusal() {
        return models.takeRefusal();
    }

    /** The champion of a region: of the flush that is going on, or as of now. */
    public ModelId model(Region region) {
        return champion(region).model();
    }

    private ForecastEngine champion(Region region) {
        return inForce().champion(region);
    }

    /** The models of the flush that is going on, or as of now; engines are to be run in a flush only. */
    ModelSnapshot inForce() {
        return leased == null ? models.inForce() : leased;
    }

    /** Those that run beside the champion of a region. */
    List<ForecastEngine> challengers(Region region) {
        List<ForecastEngine> engines = inForce().challengers(region);
        if (engines.isEmpty()) {
            return engines;
        }
        ForecastEngine champion = champion(region);
        return engines.stream().filter(engine -> engine != champion).toList();
    }

    /** What went wrong with a challenger, once for each; null if nothing new did. */
    public @Nullable String takeChallengerFailure() {
        return challengers.takeFailure();
    }

    /** How many windows challengers were given and have not forecast, since this was asked last. */
    public long takeChallengerLost() {
        return challengers.takeLost();
    }

    /** How many windows one run of a model takes. */
    int capacity() {
        return capacity;
    }

    /** How much of a lookback is imputed. */
    ImputationLimits limits() {
        return limits;
    }

    /** Leases the models in force, until {@link #end}; forgets what an earlier flush that failed has left. */
    void begin() {
        ModelSnapshot current = models.lease();
        leased = current;
        champions.clear();
        challengers.begin();
        if (current != known) {
            champions.serve(current.engines());
            challengers.serve(current.engines());
            known = current;
        }
    }

    /** Gives them back. */
    void end() {
        if (leased != null) {
            leased.release();
            leased = null;
        }
    }

    /** Whether the model forecasts the region if it has enough of its loads. */
    boolean forecasts(Region region) {
        return champion(region).manifest().forecasts(region);
    }

    /** What the state has for the ladder below the model. */
    ForecastInput inputWithoutModel(Region region, RegionState state, LoadProfile profile, long hour) {
        return ForecastInput.withoutModel(champion(region).manifest(), ladder, region, state, profile, hour);
    }

    /** What stands in where the model gives no forecast. */
    Ladder ladder() {
        return ladder;
    }

    /**
     * What the state has for a forecast issued at the hour.
     *
     * @param profile of the region in the hour's day; asked for only if the model has too little
     */
    ForecastInput input(Region region, RegionState state, Supplier<LoadProfile> profile, long hour) {
        return ForecastInput.of(champion(region).manifest(), limits, ladder, region, state, profile, hour);
    }

    /**
     * Takes an hour's input from the state, and its window for the model if it has one; runs the model on those taken before if there
     * is no room.
     *
     * @return the hour; forecast by the model, if it can be, once {@link #run} has returned
     * @throws ForecastEngineException if the device fails
     */
    DueHour add(Region region, RegionState state, Supplier<LoadProfile> profile, long hour) {
        DueHour due = new DueHour(region, state, hour, input(region, state, profile, hour), profile);
        if (due.input() instanceof ForecastInput.OfModel input) {
            champions.of(champion(region)).add(due, state, input.window(), civilCalendars.of(region));
        }
        addChallengers(due, state);
        return due;
    }

    private void addChallengers(DueHour due, RegionState state) {
        LookbackWindow window = null;
        for (ForecastEngine engine : challengers(due.region())) {
            if (engine.manifest().forecasts(due.region())) {
                window = window == null ? windowOf(due, state) : window;
                if (window != null) {
                    challengers.add(engine, due, state, window, civilCalendars.of(due.region()));
                }
            }
        }
    }

    private @Nullable LookbackWindow windowOf(DueHour due, RegionState state) {
        return due.input() instanceof ForecastInput.OfModel input ? input.window() : state.windowAt(due.hour(), limits);
    }

    /**
     * Runs each champion on what was taken and not run yet, and then each challenger, whose failure is none of ours.
     *
     * @throws ForecastEngineException if the device fails; nothing is settled by then
     */
    void run() {
        champions.run();
        challengers.run();
    }
}
