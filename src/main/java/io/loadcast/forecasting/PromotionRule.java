package io.loadcast.forecasting;

/**
 * By what a challenger takes the champion's place: over the newest hours, on the mean of the scored lead times, it errs less by a margin and
 * significantly so ({@link DieboldMariano}, one-sided, {@value #LEVEL}), and at no scored lead time does it err more. The former champion
 * challenges from then on, and the same rule puts it back.
 *
 * @param hours that are looked at: the newest so many; of them {@value #LEAST_SHARE} have to be compared
 * @param margin by which its mean error has to be lower, as a share of the champion's
 */
public record PromotionRule(int hours, double margin) {
    public static final PromotionRule DEFAULT = new PromotionRule(ScoreHistory.HOURS, 0.02);

    /** How likely a promotion is to be wrong, for one look at models that err alike. */
    public static final double LEVEL = 0.05;

    private static final double LEAST_SHARE = 0.75;

    /** The longest lead time twice: less says nothing of a day ahead. */
    private static final int FEWEST_HOURS = 48;

    /** @throws IllegalArgumentException if a number is out of range; the message begins with its name */
    public PromotionRule {
        if (hours < FEWEST_HOURS || hours > ScoreHistory.HOURS) {
            throw new IllegalArgumentException(
                    "hours is " + hours + "; from " + FEWEST_HOURS + " to " + ScoreHistory.HOURS);
        }
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("margin is " + margin + "; a share from 0 to less than 1");
        }
    }

    /** What comes of a comparison. */
    public enum Finding {
        TOO_FEW_HOURS("too few hours"),
        WORSE_AT_A_LEAD("worse at a lead time"),
        WITHIN_MARGIN("within the margin"),
        NOT_SIGNIFICANT("not significant"),
        BETTER("better");

        private final String text;

        Finding(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /**
     * What the rule finds.
     *
     * @param hours compared
     * @param championPct the champion's mean error over them and the scored lead times, sMAPE in percent; NaN if there are none
     * @param challengerPct the challenger's
     * @param statistic of Diebold and Mariano; positive where the champion errs more
     * @param pValue of the statistic
     */
    public record Verdict(
            Finding finding, int hours, double championPct, double challengerPct, double statistic, double pValue) {

        /** Whether the challenger is to be champion. */
        public boolean isBetter() {
            return finding == Finding.BETTER;
        }
    }

    /** How many hours have to be compared. */
    public int fewestHours() {
        return (int) Math.ceil(LEAST_SHARE * hours);
    }

    /** Judges a challenger by what it lost. */
    public Verdict judge(ComparedLosses losses) {
        double[] champion = losses.championPct();
        double[] challenger = losses.challengerPct();
        DieboldMariano test = losses.comparedHours() == 0
                ? new DieboldMariano(0, 0, 0, 0.5)
                : DieboldMariano.of(losses.differences(), losses.longestLeadHours());
        double championPct = ComparedLosses.mean(champion);
        double challengerPct = ComparedLosses.mean(challenger);
        return new Verdict(
                finding(losses.comparedHours(), champion, challenger, test),
                losses.comparedHours(),
                championPct,
                challengerPct,
                test.statistic(),
                test.pValue());
    }

    private Finding finding(int compared, double[] champion, double[] challenger, DieboldMariano test) {
        if (compared < fewestHours()) {
            return Finding.TOO_FEW_HOURS;
        }
        for (int lead = 0; lead < champion.length; lead++) {
            if (challenger[lead] > champion[lead]) {
                return Finding.WORSE_AT_A_LEAD;
            }
        }
        if (!(ComparedLosses.mean(challenger) < ComparedLosses.mean(champion) * (1 - margin))) {
            return Finding.WITHIN_MARGIN;
        }
        return test.pValue() < LEVEL ? Finding.BETTER : Finding.NOT_SIGNIFICANT;
    }
}
