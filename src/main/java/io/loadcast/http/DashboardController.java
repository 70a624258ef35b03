package io.loadcast.http;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/** The dashboard: a page for people, which gets all that it shows from the other routes. */
@Controller
@Hidden
final class DashboardController {
    private static final Pattern NAME = Pattern.compile("[a-z-]+\\.(css|html|js|svg)");

    /** As of the dependency's version in the build; the dashboard's tests fail if it is another. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final Map<String, String> OF_LIBRARIES =
            Map.of("uplot.js", UPLOT + "uPlot.iife.min.js", "uplot.css", UPLOT + "uPlot.min.css");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    /**
     * The page.
     *
     * @param known what the browser has, if anything
     */
    @Get("/")
    HttpResponse<byte[]> page(@Nullable @Header(HttpHeaders.IF_NONE_MATCH) String known) {
        return file("index.html", known);
    }

    /**
     * What the page is made of.
     *
     * @param name of the file
     * @param known what the browser has, if anything
     */
    @Get("/dashboard/{name}")
    HttpResponse<byte[]> file(@PathVariable String name, @Nullable @Header(HttpHeaders.IF_NONE_MATCH) String known) {
        byte[] content = NAME.matcher(name).matches() ? content(name) : null;
        if (content == null) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, Quoted.of(name) + " is no part of the dashboard; go to / for it");
        }
        String tag = "W/\"" + sha256(content).substring(0, 32) + '"';
        var response = tag.equals(known)
                ? HttpResponse.<byte[]>notModified()
                : HttpResponse.ok(content)
                        .contentType(MediaType.of(TYPES.get(name.substring(name.lastIndexOf('.') + 1))));
        // Browsers ask each time whether it is still the same, so that no page is of two versions.
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static byte @org.jspecify.annotations.Nullable [] content(String name) {
        String resource = OF_LIBRARIES.getOrDefault(name, "/dashboard/" + name);
        try (InputStream stream = DashboardController.class.getResourceAsStream(resource)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
