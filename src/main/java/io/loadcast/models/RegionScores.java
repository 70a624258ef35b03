package io.loadcast.models;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the models scored in one region over some hours, packed: five bytes for each score. For one thread. */
final class RegionScores {

    /** Of one model at one lead time, by the hour. */
    private static final class Losses {
        private final float[] pct;
        private final byte[] revisions;

        Losses(int hours) {
            pct = new float[hours];
            Arrays.fill(pct, Float.NaN);
            revisions = new byte[hours];
        }

        void take(int at, int revision, float smapePct) {
            byte known = (byte) Math.min(revision, Byte.MAX_VALUE);
            if (Float.isNaN(pct[at]) || known >= revisions[at]) {
                pct[at] = smapePct;
                revisions[at] = known;
            }
        }
    }

    private final String champion;
    private final long firstHour;
    private final int hours;
    private final Map<Integer, Losses> published = new HashMap<>();
    private final Map<String, Map<Integer, Losses>> challengers = new TreeMap<>();

    /** The newest hour that was scored under another champion. */
    private long newestOfOthers = Long.MIN_VALUE;

    /** @param champion checksum */
    RegionScores(String champion, long firstHour, int hours) {
        this.champion = champion;
        this.firstHour = firstHour;
        this.hours = hours;
    }

    /** Takes a score; the newest revision counts. Of the hours before the first, only who was champion. */
    void take(ChallengerComparison.Score score) {
        if (!score.isChallenger() && !score.sha256().equals(champion)) {
            newestOfOthers = Math.max(newestOfOthers, score.validHour());
            return;
        }
        if (score.validHour() < firstHour) {
            return;
        }
        Map<Integer, Losses> byLead = score.isChallenger()
                ? challengers.computeIfAbsent(score.sha256(), sha256 -> new HashMap<>())
                : published;
        byLead.computeIfAbsent(score.leadHours(), lead -> new Losses(hours))
                .take((int) (score.validHour() - firstHour), score.revision(), (float) score.smapePct());
    }

    /**
     * Adds those hours to the sums that both models have forecast, and the champion as champion.
     *
     * @param sums by challenger and lead time; missing ones are made
     */
    void addTo(Map<String, ComparedSums> sums) {
        challengers.forEach((sha256, byLead) -> {
            ComparedSums of = sums.computeIfAbsent(sha256, challenger -> new ComparedSums(hours));
            boolean isCompared = false;
            for (Map.Entry<Integer, Losses> entry : byLead.entrySet()) {
                Losses by = published.get(entry.getKey());
                if (by != null) {
                    isCompared |= add(of, entry.getKey(), by.pct, entry.getValue().pct);
                }
            }
            if (isCompared) {
                of.countRegion();
            }
        });
    }

    private boolean add(ComparedSums sums, int lead, float[] championPct, float[] challengerPct) {
        boolean isCompared = false;
        for (int hour = 0; hour < hours; hour++) {
            boolean isIssuedByChampion = firstHour + hour - lead > newestOfOthers;
            if (isIssuedByChampion && !Float.isNaN(championPct[hour]) && !Float.isNaN(challengerPct[hour])) {
                sums.add(lead, hour, championPct[hour], challengerPct[hour]);
                isCompared = true;
            }
        }
        return isCompared;
    }
}
