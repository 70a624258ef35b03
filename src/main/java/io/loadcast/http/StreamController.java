package io.loadcast.http;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.reactivestreams.Publisher;

/** What happens, as it happens. */
@Controller("/api/v1/stream")
@Tag(name = "stream")
final class StreamController {
    private final EventStreams streams;

    StreamController(EventStreams streams) {
        this.streams = streams;
    }

    /**
     * Server-sent events: tick, forecast, accuracy, alert, dead-letter, as on the topics, and state, of a region with which it stands
     * otherwise than before. {@code reset} says that some were missed, and to read all anew. A client that does not keep up is cut off; it may come again with the id of its last event.
     *
     * @param regions only of these regions, separated by commas
     * @param types only of these kinds, separated by commas
     * @param lastEventId go on after the event with this id
     */
    @Get
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @ApiResponse(
            responseCode = "200",
            description = "Events, until one side ends it.",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string")))
    HttpResponse<Publisher<byte[]>> stream(
            @Nullable @QueryValue String regions,
            @Nullable @QueryValue String types,
            @Nullable @Header("Last-Event-ID") String lastEventId) {
        EventFilter filter = EventFilter.of(regions, types);
        return HttpResponse.<Publisher<byte[]>>ok(streams.follow(filter, Optional.ofNullable(lastEventId)))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
