package io.loadcast.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asks the readiness probe again and again, on a thread of its own, until it gets no answer. Thread-safe. */
final class ReadinessReader {
    private final List<String> answers = new CopyOnWriteArrayList<>();

    private ReadinessReader() {}

    static ReadinessReader start(String url) {
        ReadinessReader reader = new ReadinessReader();
        Thread thread = new Thread(() -> reader.run(URI.create(url + "health/readiness")), "readiness-reader");
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    /** Status and body of each that was otherwise than the one before. */
    List<String> answers() {
        return answers;
    }

    private void run(URI probe) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(probe).build();
        try {
            while (true) {
                HttpResponse<String> got = client.send(request, HttpResponse.BodyHandlers.ofString());
                String answer = got.statusCode() + " " + got.body();
                if (answers.isEmpty() || !answers.get(answers.size() - 1).startsWith(answer.substring(0, 4))) {
                    answers.add(answer);
                }
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody answers any more
        }
    }
}
