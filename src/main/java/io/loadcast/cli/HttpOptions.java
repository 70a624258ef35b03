package io.loadcast.cli;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and where there is an HTTP server. */
final class HttpOptions {
    private static final int USUAL_PORT = 8080;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            converter = OptionTypes.ToPort.class,
            description = "Where the HTTP server listens; 0: at any port that is free. Default: " + USUAL_PORT + ".")
    private @Nullable Integer port;

    @Option(
            names = "--http-host",
            paramLabel = "ADDRESS",
            description = "At which address. Default: 127.0.0.1, for this machine alone.")
    private @Nullable String host;

    @Option(names = "--no-http", description = "Do without the HTTP server.")
    private boolean none;

    /** Of the application context; what is not given is left to it. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        if (port != null) {
            settings.put("loadcast.http.port", port);
        }
        if (host != null) {
            settings.put("loadcast.http.host", host);
        }
        if (none) {
            settings.put("loadcast.http.enabled", false);
        }
        return settings;
    }

    /** Whether it was to be there, or anywhere. */
    boolean isAt(String url) {
        int wanted = port == null ? USUAL_PORT : port;
        return wanted == 0 || URI.create(url).getPort() == wanted;
    }
}
