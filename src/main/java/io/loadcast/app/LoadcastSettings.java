package io.loadcast.app;

import io.loadcast.alerting.AlertSettings;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.holidays.PublicHolidays;
import io.loadcast.streaming.Topics;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The {@code loadcast.*} settings.
 *
 * @param model path of the model file, or {@code shipped}
 * @param device {@code auto}, {@code cpu}, {@code cuda}, or {@code cuda:1} for the second GPU
 * @param defaultZone IANA zone of regions that name none
 * @param defaultHolidays public holidays of regions that name none: a code such as {@code us-pa}, see {@link PublicHolidays#of};
 *     absent where nobody has said which, and then there are none
 * @param regions {@code REGION.zone} and {@code REGION.holidays}: the IANA zone and the public holidays of a region that differs
 * @param maxJumpHours how far ahead of its region's newest reading one may lie that needs no confirmation
 * @param backlogHours hours that the state keeps beyond the lookback
 * @param imputation how much of a lookback may be imputed before the fallback takes the model's place
 * @param suspect what makes a load suspect
 * @param forecast how forecasts are batched, and how long a run of the model may take
 * @param accuracy what of them is scored
 * @param followModels whether the models topic says which models forecast
 * @param topics names and shape of the topics
 * @param meters whether and how single meters are summed to readings
 * @param challengers how many models run beside the champion, and what becomes of them
 * @param alerts what alerts are raised at: the names of {@link AlertSettings#of}
 */
@ConfigurationProperties("loadcast")
public record LoadcastSettings(
        @Bindable(defaultValue = "shipped") String model,
        @Bindable(defaultValue = "auto") String device,
        @Bindable(defaultValue = "UTC") String defaultZone,
        Optional<String> defaultHolidays,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> regions,

        @Bindable(defaultValue = "24") int maxJumpHours,

        @Bindable(defaultValue = "24") int backlogHours,
        ImputationSettings imputation,
        SuspectSettings suspect,
        ForecastSettings forecast,
        AccuracySettings accuracy,

        @Bindable(defaultValue = "true") boolean followModels,
        TopicSettings topics,
        MeterSettings meters,
        ChallengerSettings challengers,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> alerts) {
    /** Four times what any device was measured with; each stream task has memory for one batch. */
    private static final int LARGEST_BATCH = 65_536;

    private static final int MOST_CHALLENGERS = 10;

    /** @throws IllegalArgumentException if a number is out of range */
    public LoadcastSettings {
        intakeRules(maxJumpHours, suspect);
        imputation.limits();
        requireAtLeast("backlog-hours", backlogHours, 1);
        forecast.batchSize().ifPresent(size -> {
            requireAtLeast("forecast.batch-size", size, 1);
            requireAtMost("forecast.batch-size", size, LARGEST_BATCH);
        });
        if (forecast.linger().toMillis() < 1) {
            throw new IllegalArgumentException(
                    "setting loadcast.forecast.linger is " + forecast.linger() + "; at least 1ms");
        }
        accuracy.scoredLeads();
        if (forecast.timeout().toMillis() < 1) {
            throw new IllegalArgumentException(
                    "setting loadcast.forecast.timeout is " + forecast.timeout() + "; at least 1ms");
        }
        requireAtLeast("topics.partitions", topics.partitions(), 1);
        meters.rules();
        AlertSettings.of(alerts);
        challengers.rule();
        if (challengers.rule().isPresent() && !followModels) {
            throw new IllegalArgumentException("setting loadcast.challengers.promotion is " + challengers.promotion()
                    + " and loadcast.follow-models is false; models change by their topic alone, so follow it");
        }
    }

    /** By which challengers are promoted in each region by itself; empty if they are not. */
    Optional<PromotionRule> regionPromotion() {
        return challengers.rule().filter(rule -> challengers.promotion().equals(ChallengerSettings.REGION));
    }

    /** By which challengers are promoted in all regions at once; empty if they are not. */
    Optional<PromotionRule> globalPromotion() {
        return challengers.rule().filter(rule -> challengers.promotion().equals(ChallengerSettings.GLOBAL));
    }

    /**
     * The civil calendars by these settings. A region that names only its zone or only its holidays has the other by default.
     *
     * @throws IllegalArgumentException if a zone is not an IANA zone, or holidays are not known
     */
    public RegionCalendars civilCalendars() {
        return CalendarSettings.calendars(defaultZone, defaultHolidays, regions);
    }

    /**
     * What to tell whoever serves this model without having said whose holidays its regions have: it would take every day for an
     * ordinary one. Who has set {@code none} knows.
     */
    Optional<String> holidaysUnset(ModelManifest model) {
        return defaultHolidays.isPresent() ? Optional.empty() : CalendarSettings.holidaysUnset(model);
    }

    private static void requireAtMost(String setting, int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException("setting loadcast." + setting + " is " + value + "; at most " + most);
        }
    }

    private static void requireAtLeast(String setting, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("setting loadcast." + setting + " is " + value + "; at least " + least);
        }
    }

    AlertSettings alertSettings() {
        return AlertSettings.of(alerts);
    }

    /** By what a reading is judged against its region's state. */
    IntakeRules intakeRules() {
        return intakeRules(maxJumpHours, suspect);
    }

    private static IntakeRules intakeRules(int maxJumpHours, SuspectSettings suspect) {
        return checked("", () -> new IntakeRules(maxJumpHours, suspect.spikeFactor(), suspect.flatlineHours()));
    }

    private static <T> T checked(String group, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting loadcast." + group + e.getMessage(), e);
        }
    }

    /**
     * The {@code loadcast.imputation.*} settings.
     *
     * @param maxRunHours missing hours in a row, at most
     * @param maxShare missing hours of the lookback, at most, as a share of it
     */
    @ConfigurationProperties("imputation")
    public record ImputationSettings(
            @Bindable(defaultValue = "6") int maxRunHours,
            @Bindable(defaultValue = "0.1") double maxShare) {

        /** @throws IllegalArgumentException if a limit is out of range */
        public ImputationLimits limits() {
            return checked("imputation.", () -> new ImputationLimits(maxRunHours, maxShare));
        }
    }

    /**
     * The {@code loadcast.suspect.*} settings.
     *
     * @param spikeFactor how many times the median of the loads before it, or what part of it, makes a load suspect
     * @param flatlineHours how many equal hours in a row are suspect
     */
    @ConfigurationProperties("suspect")
    public record SuspectSettings(
            @Bindable(defaultValue = "10") int spikeFactor,
            @Bindable(defaultValue = "6") int flatlineHours) {}

    /**
     * The {@code loadcast.forecast.*} settings.
     *
     * @param batchSize forecasts in one run of the model, at most; absent for what suits the device
     * @param linger how long a task waits for a further reading before it forecasts less than a batch
     * @param timeout how long one run of the model may take before it is stopped and done in another way
     */
    @ConfigurationProperties("forecast")
    public record ForecastSettings(
            Optional<Integer> batchSize,
            @Bindable(defaultValue = "5ms") Duration linger,
            @Bindable(defaultValue = "2s") Duration timeout) {

        /**
         * Checks that a run which has to be stopped leaves the transaction that waits for it the time to end well.
         *
         * @throws IllegalArgumentException if the timeout is more than half of the transaction's
         */
        void requireWithin(Duration transactionTimeout) {
            Duration most = transactionTimeout.dividedBy(2);
            if (timeout.compareTo(most) > 0) {
                throw new IllegalArgumentException("setting loadcast.forecast.timeout is " + timeout.toMillis()
                        + "ms; at most " + most.toMillis() + "ms, half of the producer's transaction.timeout.ms");
            }
        }
    }

    /**
     * The {@code loadcast.accuracy.*} settings.
     *
     * @param leadHours lead times at which forecasts are scored, in hours; those beyond the model's horizon are not
     */
    @ConfigurationProperties("accuracy")
    public record AccuracySettings(
            @Bindable(defaultValue = "1,24") List<Integer> leadHours) {

        /** @throws IllegalArgumentException if a lead time is out of range */
        public ScoredLeads scoredLeads() {
            try {
                return ScoredLeads.of(leadHours);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("setting loadcast.accuracy.lead-hours: " + e.getMessage(), e);
            }
        }
    }

    /**
     * The {@code loadcast.topics.*} settings.
     *
     * @param partitions of topics that loadcast creates
     * @param replicationFactor of topics that loadcast creates; absent for the broker's default
     */
    @ConfigurationProperties("topics")
    public record TopicSettings(
            @Bindable(defaultValue = "loadcast.readings.v1") String readings,

            @Bindable(defaultValue = "loadcast.forecasts.v1")
            String forecasts,

            @Bindable(defaultValue = "loadcast.accuracy.v1") String accuracy,
            @Bindable(defaultValue = "loadcast.alerts.v1") String alerts,

            @Bindable(defaultValue = "loadcast.dead-letters.v1")
            String deadLetters,

            @Bindable(defaultValue = "loadcast.meter-readings.v1")
            String meterReadings,

            @Bindable(defaultValue = "loadcast.models.v1") String models,

            @Bindable(defaultValue = "6") int partitions,
            Optional<Short> replicationFactor) {

        public Topics names() {
            return new Topics(readings, forecasts, accuracy, alerts, deadLetters, meterReadings, models);
        }
    }

    /**
     * The {@code loadcast.challengers.*} settings.
     *
     * @param max challengers of a region that run, at most
     * @param promotion {@code off}; {@code region}: each region by itself promotes one that is better; {@code global}: all do at once
     * @param hours that are looked at for that
     * @param margin by which its mean error has to be lower, as a share
     */
    @ConfigurationProperties("challengers")
    public record ChallengerSettings(
            @Bindable(defaultValue = "2") int max,
            @Bindable(defaultValue = "off") String promotion,
            @Bindable(defaultValue = "168") int hours,
            @Bindable(defaultValue = "0.02") double margin) {
        private static final String REGION = "region";
        private static final String GLOBAL = "global";

        /** @throws IllegalArgumentException if one of them is out of range */
        Optional<PromotionRule> rule() {
            requireAtLeast("challengers.max", max, 0);
            requireAtMost("challengers.max", max, MOST_CHALLENGERS);
            PromotionRule rule = checked("challengers.", () -> new PromotionRule(hours, margin));
            return switch (promotion) {
                case "off", "false" -> Optional.empty(); // YAML reads off as false
                case REGION, GLOBAL -> Optional.of(rule);
                default ->
                    throw new IllegalArgumentException(
                            "setting loadcast.challengers.promotion is '" + promotion + "'; off, region or global");
            };
        }
    }
}
