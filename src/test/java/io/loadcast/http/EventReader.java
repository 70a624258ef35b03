package io.loadcast.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader of server-sent events, on a thread of its own until it is closed. */
final class EventReader implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Event> heartbeats = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile boolean ended;

    /** One event, as a browser would give it. */
    record Event(String id, String type, String data) {}

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    static EventReader open(HttpClientOf client, String path, String... headers) throws Exception {
        return new EventReader(client.client()
                .send(client.request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private void read() {
        try (Scanner lines = new Scanner(response.body()).useDelimiter("\n\n")) {
            while (lines.hasNext()) {
                take(lines.next());
            }
        }
        ended = true;
    }

    private void take(String block) {
        String type = "";
        String data = "";
        boolean hasId = false;
        for (String line : block.split("\n")) {
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
                hasId = true;
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.startsWith(": ")) {
                comments.add(line.substring(2));
            }
        }
        if (type.equals("heartbeat")) {
            heartbeats.add(new Event(hasId ? lastId : "", type, data));
        } else if (!data.isEmpty()) {
            events.add(new Event(lastId, type, data));
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    List<Event> events() {
        return new ArrayList<>(events);
    }

    /** What shows that the other side is there; each with the id that it had itself. */
    List<Event> heartbeats() {
        return new ArrayList<>(heartbeats);
    }

    /** What is no event. */
    List<String> comments() {
        return new ArrayList<>(comments);
    }

    String lastId() {
        return lastId;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
