package io.loadcast.training.evaluation;

import io.loadcast.dataset.ArticleProtocol;
import io.loadcast.dataset.HourlySeries;

/** A rule by which hours are split into seen and unseen when a model is scored. */
public enum Protocol {
    /** The test of the article that this project started from; see {@link ArticleProtocol}. */
    ARTICLE("article") {
        @Override
        RegionTest of(HourlySeries series) {
            return new ArticleTest(ArticleProtocol.of(series));
        }
    },
    /** The last tenth of each region's time, hour by hour as serving meets it, gaps included. */
    ROLLING("rolling") {
        @Override
        RegionTest of(HourlySeries series) {
            return new RollingTest(series);
        }
    };

    private final String key;

    Protocol(String key) {
        this.key = key;
    }

    /** The name on the command line and in reports. */
    public String key() {
        return key;
    }

    /** @throws IllegalArgumentException if the series is too short */
    abstract RegionTest of(HourlySeries series);
}
