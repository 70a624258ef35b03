package io.loadcast.http;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives every answer that is no success the form of a {@link Problem}, whoever noticed it. */
@Singleton
final class Problems
        implements ErrorResponseProcessor<Problem>, ExceptionHandler<ProblemException, HttpResponse<Problem>> {
    static final MediaType TYPE = MediaType.of("application/problem+json");

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = response.status();
        return as(response, problem(status, detail(status, context), context.getRequest()));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, ProblemException refused) {
        return response(request, refused);
    }

    /** The answer to a request that is refused. */
    static MutableHttpResponse<Problem> response(HttpRequest<?> request, ProblemException refused) {
        MutableHttpResponse<Problem> response =
                as(HttpResponse.status(refused.status()), problem(refused.status(), refused.detail(), request));
        if (refused.retryAfterSeconds() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfterSeconds()));
        }
        return response;
    }

    private static MutableHttpResponse<Problem> as(MutableHttpResponse<?> response, Problem problem) {
        return response.body(problem).contentType(TYPE);
    }

    private static Problem problem(HttpStatus status, @Nullable String detail, HttpRequest<?> request) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, request.getPath());
    }

    /** What is inside the server stays inside. */
    private static String detail(HttpStatus status, ErrorContext context) {
        if (status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            return "the server failed to answer; its log says why";
        }
        String path = Quoted.of(context.getRequest().getPath());
        return switch (status) {
            case NOT_FOUND -> path + " is no route of this server; GET /api/v1/openapi.yaml lists all";
            case METHOD_NOT_ALLOWED ->
                context.getRequest().getMethodName() + " is not for " + path + "; the header Allow says what is";
            case UNSUPPORTED_MEDIA_TYPE -> "send application/json or text/csv, and say so in the header Content-Type";
            case REQUEST_ENTITY_TOO_LARGE ->
                "the body is larger than loadcast.http.max-body-kb allows; send it in parts";
            case NOT_ACCEPTABLE ->
                "the header Accept is "
                        + Quoted.of(
                                String.valueOf(context.getRequest().getHeaders().get(HttpHeaders.ACCEPT)))
                        + ", and " + path + " has no such answer; send */*, or no such header";
            // Never what a library says of it: its words are of the program, not of the request.
            default ->
                ofConversion(context.getRootCause().orElse(null))
                        .orElse(
                                "the server does not understand the request; GET /api/v1/openapi.yaml says what it takes");
        };
    }

    private static Optional<String> ofConversion(@Nullable Throwable cause) {
        if (!(cause instanceof ConversionErrorException conversion)) {
            return Optional.empty();
        }
        Object value = conversion.getConversionError().getOriginalValue().orElse("");
        return Optional.of("parameter " + conversion.getArgument().getName() + " is " + Quoted.of(String.valueOf(value))
                + "; send a whole number");
    }
}
