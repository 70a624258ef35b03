package io.loadcast.alerting;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastOutputs;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.RegionStates;
import io.loadcast.forecasting.Suspicion;
import io.loadcast.forecasting.Withheld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The use case over the partition of one task: passes the outputs of forecasting on as they are, and adds the alerts that its rules
 * find in them and in the readings.
 *
 * <p>Two streams of events are looked at, each in an order of its own that batches and restarts do not change: the settled hours of a
 * region, and the records of the partition as they are taken. Each rule looks at one of them. What the rules remember is kept
 * in memory while the task runs, a little for each region, and put into the {@link AlertStates} by {@link #store} where it has
 * changed: in the ordinary case nothing has. Not thread-safe: each task has its own.
 */
public final class Alerting implements ForecastOutputs {
    /** Of the year 9999. */
    private static final long LAST_HOUR = EpochHour.containing(Instant.parse("9999-12-31T23:00:00Z"));

    private final AlertSettings settings;
    private final AlertStates states;
    private final ForecastOutputs outputs;
    private final Map<Region, RegionWatch> watches = new HashMap<>();
    private final List<RegionWatch> touched = new ArrayList<>();
    private final FeedSilence feedSilence;
    private final DeadLetterShare deadLetterShare;
    private final SettledHour settled = new SettledHour();

    /** The one asked for last: outputs come region by region. */
    private @Nullable RegionWatch newest;

    /** Of the reading that is being taken. */
    private boolean isFlat;

    private boolean isUnconfirmed;

    /**
     * @param outputs where all goes
     * @param partition that the task reads
     */
    public Alerting(AlertSettings settings, AlertStates states, ForecastOutputs outputs, int partition) {
        this.settings = settings;
        this.states = states;
        this.outputs = outputs;
        this.feedSilence = new FeedSilence(settings);
        this.deadLetterShare = new DeadLetterShare(settings.deadLetters(), partition);
    }

    /**
     * Takes over what the stores hold, before the first event.
     *
     * @param regions of forecasting
     * @throws IllegalStateException if a state was written in a form that is not known
     */
    public void rebuild(RegionStates regions) {
        states.forEach((region, packed) ->
                watches.put(region, new RegionWatch(region, settings.rulesOf(region), RegionAlerts.ofPacked(packed))));
        deadLetterShare.restore(states.partition());
        regions.forEach((region, state) -> {
            if (!state.isEmpty()) {
                feedSilence.restore(watchOf(region), state.newestReadingHour());
            }
        });
    }

    private RegionWatch watchOf(Region region) {
        RegionWatch watch = newest;
        if (watch == null || !watch.region().equals(region)) {
            watch = watches.get(region);
            if (watch == null) {
                watch = new RegionWatch(region, settings.rulesOf(region), RegionAlerts.none());
                watches.put(region, watch);
            }
            newest = watch;
        }
        return watch;
    }

    // The settled hours of a region: scores, then the forecast.

    @Override
    public void score(Region region, PointScore score) {
        outputs.score(region, score);
        if (!score.isLate()) {
            settled.add(score);
        }
    }

    @Override
    public void forecast(Forecast forecast) {
        outputs.forecast(forecast);
        if (forecast.revision() == 0) {
            settled.complete(forecast);
            look(watchOf(forecast.region()));
        }
        settled.clear();
    }

    private void look(RegionWatch watch) {
        RegionAlerts alerts = watch.alerts();
        List<HourRule> rules = watch.rules().ofHours();
        for (int i = 0; i < rules.size(); i++) {
            HourRule rule = rules.get(i);
            Judgement judgement = rule.judge(settled, alerts);
            if (alerts.isToChange(rule.kind(), judgement, rule.hours(), rule.clearHours())) {
                boolean raises = !alerts.isRaised(rule.kind());
                outputs.alert(watch.change(
                        rule.kind(),
                        settled.hour(),
                        rule.message(settled, alerts, raises),
                        rule.evidence(settled, alerts)));
            }
        }
        note(watch);
    }

    @Override
    public void withheld(Region region, Withheld reason) {
        outputs.withheld(region, reason);
        settled.clear(); // an hour without a forecast is not looked at
    }

    @Override
    public void alert(Alert alert) {
        outputs.alert(alert);
    }

    // The records of the partition.

    @Override
    public void suspect(Region region, Suspicion suspicion) {
        outputs.suspect(region, suspicion);
        isFlat |= suspicion == Suspicion.FLATLINE;
    }

    @Override
    public void unconfirmed(Reading held, @Nullable Long newestReadingHour) {
        outputs.unconfirmed(held, newestReadingHour);
        isUnconfirmed = true;
    }

    /**
     * Takes a reading that forecasting has taken.
     *
     * @param offset of its record
     * @param clock of its region by now: the hour of its newest reading; null if the reading has not moved it
     */
    public void taken(Reading reading, ReadingOutcome outcome, @Nullable Long clock, long offset) {
        record(offset, reading.epochHour());
        if (isUnconfirmed) {
            countDeadLetter(offset, reading.epochHour());
        }
        // A name that was read once takes no memory: its reading is held until a second one confirms it.
        if (clock != null) {
            RegionWatch watch = watchOf(reading.region());
            if (outcome == ReadingOutcome.NEXT || outcome == ReadingOutcome.GAP) {
                lookAtFlatline(watch, reading);
            }
            if (!clock.equals(watch.clock())) {
                feedSilence.read(watch, clock, watches.values(), this::give);
            }
            note(watch);
        }
        isFlat = false;
        isUnconfirmed = false;
    }

    private void lookAtFlatline(RegionWatch watch, Reading reading) {
        RegionRules.Flatline rule = watch.rules().flatline();
        Judgement judgement = !rule.enabled() ? Judgement.OFF : isFlat ? Judgement.ALARMING : Judgement.CALM;
        if (watch.alerts().isToChange(AlertKind.FLATLINE, judgement, rule.hours(), rule.clearHours())) {
            String load = Evidence.mw(reading.loadMw());
            boolean raises = !watch.alerts().isRaised(AlertKind.FLATLINE);
            outputs.alert(watch.change(
                    AlertKind.FLATLINE,
                    reading.epochHour(),
                    raises
                            ? "its load does not change any more: " + load + " MW hour after hour"
                            : "its load changes again",
                    Map.of("load_mw", load)));
        }
    }

    private void give(RegionWatch watch, @Nullable Alert alert) {
        if (alert != null) {
            outputs.alert(alert);
        }
        note(watch);
    }

    /**
     * Takes a record that has become a dead letter.
     *
     * @param hour of its timestamp, for a partition of which no region has been read
     */
    public void deadLetter(long offset, long hour) {
        record(offset, hour);
        countDeadLetter(offset, hour);
    }

    private void record(long offset, long hour) {
        give(deadLetterShare.record(offset, reached(hour)));
    }

    private void countDeadLetter(long offset, long hour) {
        give(deadLetterShare.deadLetter(offset, reached(hour)));
    }

    private void give(@Nullable Alert alert) {
        if (alert != null) {
            outputs.alert(alert);
        }
    }

    private long reached(long hour) {
        Long reached = feedSilence.newest();
        if (reached != null) {
            return reached;
        }
        // A timestamp may be anything.
        return hour >= 0 && hour <= LAST_HOUR ? hour : 0;
    }

    private void note(RegionWatch watch) {
        if (watch.isToBeNoted()) {
            touched.add(watch);
        }
    }

    /** Puts what has changed into the stores; to be called before the transaction can be committed. */
    public void store() {
        for (int i = 0; i < touched.size(); i++) {
            RegionWatch watch = touched.get(i);
            states.put(watch.region(), watch.takePacked());
        }
        touched.clear();
        if (deadLetterShare.takeChanged()) {
            states.putPartition(deadLetterShare.packed());
        }
    }
}
