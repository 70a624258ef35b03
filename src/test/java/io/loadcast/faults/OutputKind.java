package io.loadcast.faults;

import com.fasterxml.jackson.databind.JsonNode;

/** What makes a record of an output topic one and the same, and in what order records come. */
enum OutputKind {
    /** One for each region, issue time and revision; in the order of issue times for each region. */
    FORECAST("issue_time") {
        @Override
        String series(JsonNode record) {
            return record.get("region").asText();
        }

        @Override
        String id(JsonNode record) {
            return series(record) + "/" + time(record) + "/" + record.get("revision");
        }
    },
    /** One for each region, valid time, lead time and revision; in the order of valid times for each region and lead time. */
    SCORE("valid_time") {
        @Override
        String series(JsonNode record) {
            return record.get("region").asText() + "/" + record.get("lead_hours");
        }

        @Override
        String id(JsonNode record) {
            return series(record) + "/" + time(record) + "/" + record.get("revision");
        }
    };

    private final String time;

    OutputKind(String time) {
        this.time = time;
    }

    /** What has an order. */
    abstract String series(JsonNode record);

    abstract String id(JsonNode record);

    /** By which its series is ordered; ISO 8601 in UTC, which orders as text does. */
    String time(JsonNode record) {
        return record.get(time).asText();
    }
}
