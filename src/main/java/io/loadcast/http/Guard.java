package io.loadcast.http;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom the server answers. A server that listens to this machine alone answers only requests
 * for this machine: a page from elsewhere whose name has been pointed here is refused. None takes changes from another origin's page.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // before the server's own, which answers some of this with nothing but a status
final class Guard {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final boolean loopback;

    Guard(HttpLimits limits) {
        this.loopback = limits.loopback();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> admit(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        if (host == null) {
            return Problems.response(
                    request,
                    new ProblemException(
                            HttpStatus.BAD_REQUEST, "the request is malformed, or its header Host is missing"));
        }
        if (loopback && !THIS_MACHINE.contains(PORT.matcher(host).replaceFirst(""))) {
            return Problems.response(
                    request,
                    new ProblemException(
                            HttpStatus.FORBIDDEN,
                            "the header Host is " + Quoted.of(host)
                                    + "; this server is for this machine alone: ask localhost, or start it with --http-host"));
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin != null && !READING.contains(request.getMethod()) && !origin.equals("http://" + host)) {
            return Problems.response(
                    request,
                    new ProblemException(
                            HttpStatus.FORBIDDEN,
                            "the header Origin is " + Quoted.of(origin)
                                    + "; pages of other origins may not change anything here"));
        }
        return null;
    }
}
