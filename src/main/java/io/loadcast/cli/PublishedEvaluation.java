package io.loadcast.cli;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.replay.PublishedForecast;
import io.loadcast.replay.ReplayProgress;
import io.loadcast.replay.ReplayedHistory;
import io.loadcast.training.evaluation.Evaluation;
import io.loadcast.training.evaluation.HtmlReport;
import io.loadcast.training.evaluation.IssueHours;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.PublishedScores;
import io.loadcast.training.evaluation.Scores;
import java.nio.file.Path;
import java.util.List;

/** Scores the forecasts of replays as {@code evaluate} scores a model's. */
final class PublishedEvaluation {
    private PublishedEvaluation() {}

    /** Writes the report of one replay. */
    static void write(
            ReplayedHistory history,
            CivilCalendar civilCalendar,
            String name,
            Path directory,
            ReplayProgress progress) {
        ProtocolEvaluation evaluation = of(List.of(history), civilCalendar);
        write(evaluation.with(List.of(scores(evaluation, name, history)), false), directory, progress);
    }

    /** What is not scored, and why. */
    static String warmUpSentence(long hours) {
        return "scored from " + hours
                + " hours after each region's first forecast on: before, the replay knew less than"
                + " live, as it does not begin with the first reading";
    }

    static void write(Evaluation evaluation, Path directory, ReplayProgress progress) {
        if (evaluation.windows() == 0) {
            progress.say("report: none, as there is nothing to score");
            return;
        }
        // Charts are drawn in memory: a screen is not asked for, even where DISPLAY names one.
        System.setProperty("java.awt.headless", "true");
        progress.say("report: " + HtmlReport.write(evaluation, directory));
    }

    /** Over the hours at which all of them have a forecast. */
    static ProtocolEvaluation of(List<ReplayedHistory> histories, CivilCalendar civilCalendar) {
        IssueHours issued = issueHours(histories.get(0));
        histories.subList(1, histories.size()).forEach(history -> issued.retain(issueHours(history)));
        return ProtocolEvaluation.ofPublished(histories.get(0).loads(civilCalendar), issued);
    }

    private static IssueHours issueHours(ReplayedHistory history) {
        IssueHours issued = new IssueHours();
        history.forEachForecast(forecast -> issued.add(forecast.region(), issueHour(forecast)));
        return issued;
    }

    static Scores scores(ProtocolEvaluation evaluation, String name, ReplayedHistory history) {
        PublishedScores scores = evaluation.published(name);
        history.forEachForecast(forecast -> scores.add(
                forecast.region(),
                issueHour(forecast),
                forecast.mw("p10_mw"),
                forecast.mw("p50_mw"),
                forecast.mw("p90_mw")));
        return scores.scores();
    }

    private static long issueHour(PublishedForecast forecast) {
        return EpochHour.containing(forecast.issueTime());
    }
}
