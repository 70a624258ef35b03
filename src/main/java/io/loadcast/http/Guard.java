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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom the server answers. A server that listens to this machine alone answers only requests
 * for this machine, by an address of its own, {@code localhost} or the host that it was started with: a page from elsewhere whose name has been pointed here is refused. None takes changes from another origin's page.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // before the server's own, which answers some of this with nothing but a status
final class Guard {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[0-9A-Fa-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final boolean loopback;
    private final String configured;

    Guard(HttpLimits limits) {
        this.configured = limits.host();
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
        if (loopback && !isThisMachine(PORT.matcher(host).replaceFirst(""))) {
            return Problems.response(
                    request,
                    new ProblemException(
                            HttpStatus.FORBIDDEN,
                            "the header Host is " + Quoted.of(host)
                                    + "; this server is for this machine alone: ask localhost, or start it with --http-host"));
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin != null && !READING.contains(request.getMethod()) && !origin.equalsIgnoreCase("http://" + host)) {
            return Problems.response(
                    request,
                    new ProblemException(
                            HttpStatus.FORBIDDEN,
                            "the header Origin is " + Quoted.of(origin)
                                    + "; pages of other origins may not change anything here"));
        }
        return null;
    }

    /** Addresses are safe whichever they are: only a name can be pointed here by somebody else. */
    private boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equalsIgnoreCase(configured)
                || LOOPBACK.matcher(host).matches()
                || IN_BRACKETS.matcher(host).matches() && isLoopback(host);
    }

    private static boolean isLoopback(String inBrackets) {
        try {
            return InetAddress.getByName(inBrackets).isLoopbackAddress(); // brackets are never looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
