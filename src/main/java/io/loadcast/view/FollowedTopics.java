package io.loadcast.view;

import java.util.List;

/** The names of the topics that a view is made from. */
public record FollowedTopics(String readings, String forecasts, String accuracy, String alerts, String deadLetters) {

    List<String> names() {
        return List.of(readings, forecasts, accuracy, alerts, deadLetters);
    }
}
