package io.loadcast.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.feed.FeedSummary;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A feed's summary in words and as JSON. */
record FeedReport(String topic, int regions, FeedSummary summary) {
    private static final JsonMapper JSON = new JsonMapper();

    String toJson() {
        ObjectNode node = JSON.createObjectNode()
                .put("topic", topic)
                .put("regions", regions)
                .put("readings", summary.readings())
                .put("records", summary.records())
                .put("first_valid_time", text(summary.firstValidTime()))
                .put("last_valid_time", text(summary.lastValidTime()))
                .put("took_seconds", seconds())
                .put("stopped", summary.stopped());
        return node.toString();
    }

    String toText() {
        return String.format(
                Locale.ROOT,
                "%s %,d readings of %d regions%s to %s in %.1f s (%s to %s)",
                summary.stopped() ? "stopped after" : "published",
                summary.readings(),
                regions,
                summary.records() == summary.readings()
                        ? ""
                        : String.format(Locale.ROOT, ", as %,d of their meters,", summary.records()),
                topic,
                seconds(),
                summary.firstValidTime(),
                summary.lastValidTime());
    }

    private double seconds() {
        return summary.took().toMillis() / 1000.0;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
