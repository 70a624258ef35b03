package io.loadcast.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;

/** Answers bodies that are not compressed as their header says: it is the request that is wrong, not the server. */
@Singleton
final class DamagedBodies implements ExceptionHandler<DecompressionException, HttpResponse<Problem>> {
    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<Problem> handle(HttpRequest request, DecompressionException damaged) {
        return Problems.response(
                request,
                new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "the body is not compressed as the header Content-Encoding says, or is damaged; send it so, or"
                                + " without the header"));
    }
}
