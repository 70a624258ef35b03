package io.loadcast.reference;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must come out for one region, reading by reading. Not thread-safe. */
public final class ReferenceRegion {
    /**
     * What becomes of a reading.
     *
     * @param outcome as it is counted
     * @param suspicions of the loads that were taken
     * @param withheld why the forecasts that were due were not issued
     * @param outputs in their order
     */
    public record Taken(String outcome, List<String> suspicions, List<String> withheld, List<Output> outputs) {}

    private final String name;
    private final Rules rules;
    private final Loads loads;
    private final Scores scores;
    private final WeekProfile profile = new WeekProfile();
    private @Nullable Reading held;
    private int issuedOfNewest;
    private boolean modelHasForecast;
    private @Nullable Long gapRaisedHour;

    // Of the reading at hand.
    private List<String> suspicions = new ArrayList<>();
    private List<String> withheld = new ArrayList<>();
    private List<Output> outputs = new ArrayList<>();

    public ReferenceRegion(String name, Rules rules) {
        this.name = name;
        this.rules = rules;
        this.loads = new Loads(rules);
        this.scores = new Scores(name, rules.leads());
    }

    /** The hour of the newest reading; null before the first that was confirmed. */
    public @Nullable Long newest() {
        return loads.newest();
    }

    /** The load read at an hour; null if there is none or it is no longer kept. */
    public @Nullable Double read(long hour) {
        return loads.read(hour);
    }

    public @Nullable Reading held() {
        return held;
    }

    public Taken take(Reading reading) {
        suspicions = new ArrayList<>();
        withheld = new ArrayList<>();
        outputs = new ArrayList<>();
        return new Taken(outcome(reading), suspicions, withheld, outputs);
    }

    private String outcome(Reading reading) {
        long hour = reading.epochHour();
        Long clock = loads.newest();
        if (clock == null || hour > clock + rules.maxJumpHours()) {
            return unconnected(reading);
        }
        if (hour > clock) {
            refuseHeld();
            accept(reading);
            return hour == clock + 1 ? "next" : "gap";
        }
        if (!loads.keeps(hour)) {
            return "too-late";
        }
        Double known = loads.read(hour);
        if (known != null && known == reading.loadMw()) {
            return "duplicate";
        }
        refuseHeld();
        accept(reading);
        return known == null ? "late" : "correction";
    }

    private String unconnected(Reading reading) {
        Reading before = held;
        if (before == null) {
            held = reading;
            return loads.newest() == null ? "first" : "unconfirmed";
        }
        long ahead = reading.epochHour() - before.epochHour();
        if (ahead == 0) {
            held = reading;
            return reading.loadMw() == before.loadMw() ? "duplicate" : "correction";
        }
        if (Math.abs(ahead) > rules.maxJumpHours()) {
            refuseHeld();
            held = reading;
            return "unconfirmed";
        }
        held = null;
        accept(ahead > 0 ? before : reading);
        accept(ahead > 0 ? reading : before);
        return ahead < 0 ? "late" : ahead == 1 ? "next" : "gap";
    }

    private void refuseHeld() {
        if (held != null) {
            outputs.add(new Output.Unconfirmed(name, held.epochHour(), held.loadMw(), loads.newest()));
            held = null;
        }
    }

    private void accept(Reading reading) {
        long hour = reading.epochHour();
        Long clock = loads.newest();
        String suspicion = loads.suspicion(hour, reading.loadMw());
        if (suspicion != null) {
            suspicions.add(suspicion);
        }
        boolean isKeptOut = "zero".equals(suspicion) || "spike".equals(suspicion);
        if (clock == null || hour > clock) {
            loads.put(hour, reading.loadMw(), isKeptOut);
            outputs.addAll(scores.pass(clock == null ? hour - 1 : clock, hour, loads));
            profile.read(hour, clock, loads);
            issuedOfNewest = 0;
            forecast(false);
        } else {
            Object seenBefore = seen();
            loads.put(hour, reading.loadMw(), isKeptOut);
            outputs.addAll(scores.score(hour, loads));
            Object seenNow = seen();
            if (seenNow != null && !seenNow.equals(seenBefore)) {
                forecast(true);
            }
        }
    }

    /** What the newest forecast is made from: a window, or the medians of a rung of the ladder; null if neither can be. */
    private @Nullable Object seen() {
        long hour = loads.newest();
        List<Float> window = loads.window(hour);
        // Wrapped, so that a window never equals medians, and says how much of it is imputed.
        if (window != null) {
            return Map.of("window", window, "missing", loads.missing(hour).size());
        }
        Ladder.Choice choice = Ladder.choose(loads, hour, profile);
        return choice == null ? null : Map.of(choice.rung(), choice.p50Mw());
    }

    private void forecast(boolean isReissue) {
        long hour = loads.newest();
        List<Float> window = loads.window(hour);
        if (window != null) {
            DailyRange.Quantiles quantiles = DailyRange.of(window);
            boolean isComplete = loads.missing(hour).isEmpty();
            issue(
                    "model",
                    isComplete ? "ok" : "imputed",
                    isComplete ? null : missing(hour) + " of 90 hours imputed" + ofThemSuspect(hour),
                    quantiles);
            modelHasForecast = true;
            if (gapRaisedHour != null) {
                alert(gapRaisedHour, hour, false);
                gapRaisedHour = null;
            }
            return;
        }
        Ladder.Choice choice = Ladder.choose(loads, hour, profile);
        if (choice == null) {
            withheld.add(modelHasForecast ? "long-gap" : "warming-up");
        } else {
            issue(
                    choice.rung(),
                    "fallback",
                    (modelHasForecast ? tooLong(hour) : warmingUp(hour)) + choice.remark(),
                    new DailyRange.Quantiles(
                            Ladder.interval(choice, -1, profile), choice.p50Mw(), Ladder.interval(choice, 1, profile)));
        }
        if (modelHasForecast && gapRaisedHour == null && !isReissue) {
            gapRaisedHour = hour;
            alert(hour, null, choice != null);
        }
    }

    private void issue(String method, String quality, @Nullable String reason, DailyRange.Quantiles quantiles) {
        Output.Forecast forecast = new Output.Forecast(
                name,
                loads.newest(),
                issuedOfNewest++,
                method,
                quality,
                reason,
                quantiles.p10Mw(),
                quantiles.p50Mw(),
                quantiles.p90Mw());
        scores.issued(forecast);
        outputs.add(forecast);
    }

    private void alert(long raisedHour, @Nullable Long clearedHour, boolean isFallback) {
        long hour = loads.newest();
        outputs.add(new Output.GapAlert(
                name,
                "feed-gap/" + name + "/" + EpochHour.start(raisedHour),
                raisedHour,
                clearedHour,
                Map.of(
                        "lookback_hours", "90",
                        "missing_hours", String.valueOf(missing(hour)),
                        "suspect_hours", String.valueOf(loads.suspect(hour)),
                        "longest_run_hours", String.valueOf(loads.longestRun(hour)),
                        "fallback", String.valueOf(isFallback))));
    }

    private int missing(long hour) {
        return loads.missing(hour).size();
    }

    private String ofThemSuspect(long hour) {
        return loads.suspect(hour) == 0 ? "" : ", " + loads.suspect(hour) + " of them suspect";
    }

    private String warmingUp(long hour) {
        return "warming up: " + (90 - missing(hour) + loads.suspect(hour)) + " of 90 hours read" + ofThemSuspect(hour);
    }

    private String tooLong(long hour) {
        String what = loads.suspect(hour) == 0 ? "missing" : "missing or suspect";
        if (loads.longestRun(hour) > rules.maxRunHours()) {
            return loads.longestRun(hour) + " hours in a row " + what + ", at most " + rules.maxRunHours()
                    + " are imputed";
        }
        if (missing(hour) > rules.maxHours()) {
            return missing(hour) + " of 90 hours " + what + ", at most " + rules.maxHours() + " are imputed";
        }
        return "the oldest of 90 hours is " + what + ", and nothing before it is known";
    }
}
