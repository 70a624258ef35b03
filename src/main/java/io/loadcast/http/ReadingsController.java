package io.loadcast.http;

import io.loadcast.domain.Reading;
import io.loadcast.view.ReadingParser;
import io.loadcast.view.RefusedReadingException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readings that are posted. */
@Controller("/api/v1/readings")
@Tag(name = "readings")
final class ReadingsController {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingsController.class);

    private final ReadingParser parser;
    private final ReadingLog log;
    private final ClientRates rates;

    ReadingsController(ReadingParser parser, ReadingLog log, HttpLimits limits) {
        this.parser = parser;
        this.log = log;
        this.rates = new ClientRates(limits.readingsPerSecond(), System::nanoTime);
    }

    /**
     * Sends readings, one or many. They are answered when Kafka has all that are accepted; what is rejected is listed. Sending the same
     * again does no harm.
     */
    @Post
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
    @ExecuteOn(TaskExecutors.BLOCKING)
    @RequestBody(
            description = "One reading, an array of them, or CSV with the header region,valid_time,load_mw.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")),
                @Content(mediaType = MediaType.TEXT_CSV, schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Kafka has what is accepted; what is not is listed.",
            content = @Content(schema = @Schema(implementation = PostedReadings.class)))
    @ApiResponse(
            responseCode = "default",
            description =
                    "A problem: 400 none is a valid reading, 413 too large, 415 another type, 429 too many, 503 not acknowledged.",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = RejectedProblem.class)))
    CompletionStage<HttpResponse<?>> post(HttpRequest<?> request, @Nullable @Body byte[] body) {
        requireKnownEncoding(request);
        if (body == null || body.length == 0) {
            throw ReadingBodies.empty();
        }
        boolean csv = request.getContentType()
                .filter(type -> type.matches(MediaType.TEXT_CSV_TYPE))
                .isPresent();
        List<byte[]> sent = csv ? ReadingBodies.ofCsv(body) : ReadingBodies.ofJson(body);
        requireRate(request, sent.size());
        List<Reading> accepted = new ArrayList<>();
        List<PostedReadings.Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                accepted.add(parser.parse(sent.get(i)));
            } catch (RefusedReadingException e) {
                if (rejected.size() < PostedReadings.MOST_LISTED) {
                    rejected.add(new PostedReadings.Rejected(i, e.reason(), e.detail()));
                }
            }
        }
        if (accepted.isEmpty()) {
            return CompletableFuture.completedFuture(refuse(request, rejected, sent.size()));
        }
        return log.append(accepted).handle((done, failure) -> {
            if (failure != null) {
                throw notAcknowledged(accepted.size(), failure);
            }
            return HttpResponse.ok(new PostedReadings(accepted.size(), rejected, sent.size() - accepted.size()));
        });
    }

    /** One that the server knows has been undone, and is not in the header any more. */
    private static void requireKnownEncoding(HttpRequest<?> request) {
        String encoding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "the header Content-Encoding is " + Quoted.of(encoding)
                            + "; send gzip, deflate, or no such header");
        }
    }

    private void requireRate(HttpRequest<?> request, int readings) {
        long seconds = rates.take(request.getRemoteAddress().getHostString(), Math.max(1, readings));
        if (seconds > 0) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "more readings came from your address than loadcast.http.readings-per-second allows; send the same again in "
                            + seconds + " s",
                    seconds);
        }
    }

    private static HttpResponse<?> refuse(HttpRequest<?> request, List<PostedReadings.Rejected> rejected, int count) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        String detail = count == 0
                ? "the body has no reading; send at least one"
                : "none of " + count + " readings is valid; rejected says why"
                        + (count > rejected.size() ? " of the first " + rejected.size() : "");
        return HttpResponse.status(status)
                .body(new RejectedProblem(
                        "about:blank",
                        status.getReason(),
                        status.getCode(),
                        detail,
                        request.getPath(),
                        0,
                        rejected,
                        count))
                .contentType(Problems.TYPE);
    }

    private static ProblemException notAcknowledged(int readings, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        LOG.warn("Kafka has not acknowledged {} posted readings: {}; look at the brokers", readings, cause.toString());
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Kafka has not acknowledged all of the readings; some may be there. Send the same again: that does no harm",
                5);
    }
}
