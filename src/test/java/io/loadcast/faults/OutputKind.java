package io.loadcast.faults;

import com.fasterxml.jackson.databind.JsonNode;

/** What makes a record of an output topic one and the same, and which records have an order among them. */
enum OutputKind {
    /** One for each region, issue time and revision; each region's have an order. */
    FORECAST("issue_time") {
        @Override
        String series(JsonNode record) {
            return record.get("region").asText();
        }
    },
    /** One for each region, valid time, lead time and revision; those of each region and lead time have an order; a
     *  challenger's are its own. */
    SCORE("valid_time") {
        @Override
        String series(JsonNode record) {
            String challenger = record.path("role").asText().equals("challenger")
                    ? "/" + record.get("model_sha256").asText()
                    : "";
            return record.get("region").asText() + "/" + record.get("lead_hours") + challenger;
        }
    },
    /** A reading that is the sum of meters: one for each region, valid time and revision; each region's have an order. */
    METERED_READING("valid_time") {
        @Override
        String series(JsonNode record) {
            return record.get("region").asText();
        }
    };

    private final String time;

    OutputKind(String time) {
        this.time = time;
    }

    /** What has an order. */
    abstract String series(JsonNode record);

    String id(JsonNode record) {
        return series(record) + "/" + record.get(time).asText() + "/" + record.get("revision");
    }
}
