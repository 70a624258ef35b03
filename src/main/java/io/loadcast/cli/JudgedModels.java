package io.loadcast.cli;

import io.loadcast.forecasting.ComparedLosses;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.models.ChallengerComparison;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Challengers beside their champion as {@code loadcast models judge} prints them. */
final class JudgedModels {
    private JudgedModels() {}

    static void print(List<ChallengerComparison.Row> rows, PromotionRule rule, PrintWriter out) {
        if (rows.isEmpty()) {
            out.println("no challenger was scored in the newest " + rule.hours() + " hours");
        }
        for (ChallengerComparison.Row row : rows) {
            PromotionRule.Verdict verdict = row.verdict();
            out.printf(
                    Locale.ROOT,
                    "challenger %s (%.12s) against %s (%.12s), %d regions, %d of %d hours: %s%n",
                    row.challenger(),
                    row.challengerSha256(),
                    row.champion(),
                    row.championSha256(),
                    row.regions(),
                    verdict.hours(),
                    rule.hours(),
                    verdict.finding().text());
            if (verdict.hours() > 0) {
                printErrors(row.losses(), verdict, out);
            }
        }
    }

    private static void printErrors(ComparedLosses losses, PromotionRule.Verdict verdict, PrintWriter out) {
        int[] leads = losses.leadHours();
        for (int lead = 0; lead < leads.length; lead++) {
            out.printf(
                    Locale.ROOT,
                    "  sMAPE %2d h ahead  champion %7.3f %%  challenger %7.3f %%%n",
                    leads[lead],
                    losses.championPct()[lead],
                    losses.challengerPct()[lead]);
        }
        out.printf(Locale.ROOT, "  Diebold-Mariano %.2f, p = %.2g%n", verdict.statistic(), verdict.pValue());
    }
}
