package io.loadcast.app;

import io.loadcast.http.RequestGate;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the HTTP server, and where it listens. Thread-safe; the container closes it at the latest. */
@Singleton
final class HttpServing implements BeanCreatedEventListener<NettyHttpServerConfiguration>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServing.class);
    private static final int ANY_PORT = -1;

    /** No client has anything on the way any more. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private static final Duration LONGEST_UNTIL_QUIET = Duration.ofSeconds(1);
    private static final Duration FINISH_TIMEOUT = Duration.ofMillis(1_500);

    private final HttpSettings settings;
    private final Provider<NettyEmbeddedServer> servers;
    private final Provider<RequestGate> gates;
    private @Nullable NettyEmbeddedServer server; // guarded by this

    HttpServing(HttpSettings settings, Provider<NettyEmbeddedServer> servers, Provider<RequestGate> gates) {
        this.settings = settings;
        this.servers = servers;
        this.gates = gates;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration configuration = event.getBean();
        configuration.setHost(settings.host());
        configuration.setPort(settings.port() == 0 ? ANY_PORT : settings.port());
        configuration.setMaxRequestSize((long) settings.maxBodyKb() << 10);
        return configuration;
    }

    /**
     * Where it is to listen.
     *
     * @throws InvalidSettingException if the host has no address
     */
    static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new InvalidSettingException(
                    "setting loadcast.http.host is '" + host
                            + "', which has no address; name one of this machine, such as 127.0.0.1 or 0.0.0.0",
                    e);
        }
    }

    /**
     * Whether nothing listens there now.
     *
     * @throws InvalidSettingException if nothing can listen at the host at all
     */
    static boolean isFree(String host, int port) {
        InetAddress address = address(host);
        if (canListen(address, port)) {
            return true;
        }
        if (!canListen(address, 0)) {
            throw new InvalidSettingException("setting loadcast.http.host is '" + host
                    + "', which is no address of this machine; name one that is, such as 127.0.0.1 or 0.0.0.0");
        }
        return false;
    }

    private static boolean canListen(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Checks that it will be able to listen.
     *
     * @throws IllegalStateException if something else listens there
     * @throws InvalidSettingException if the host is none of this machine
     */
    void requireFree() {
        if (!isFree(settings.host(), settings.port())) {
            throw taken(null);
        }
    }

    /** @throws IllegalStateException if it cannot listen there */
    synchronized void start() {
        NettyEmbeddedServer started = servers.get();
        try {
            started.start();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw taken(e);
                }
            }
            throw e;
        }
        server = started;
    }

    private IllegalStateException taken(@Nullable Throwable cause) {
        return new IllegalStateException(
                "setting loadcast.http.port is " + settings.port() + ", and " + settings.host() + ":" + settings.port()
                        + " cannot be had: another program listens there, or the port wants more rights; choose another"
                        + " with --http-port, or go without with --no-http",
                cause);
    }

    /** Where it is to be found; null if it has not been started. */
    synchronized @Nullable String url() {
        return server == null ? null : "http://" + hostInUrl() + ":" + server.getPort() + "/";
    }

    private String hostInUrl() {
        return settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    }

    /** The program has started: from now on requests that write are taken. */
    void open() {
        gates.get().open();
    }

    /**
     * Refuses what would write and says so to the readiness probe, lets clients finish what is under way, and then listens no more: 2.5
     * seconds at most, beside what the server itself takes.
     */
    @Override
    public synchronized void close() {
        NettyEmbeddedServer closing = server;
        if (closing == null) {
            return;
        }
        RequestGate gate = gates.get();
        gate.stop();
        gate.awaitQuiet(QUIET, LONGEST_UNTIL_QUIET);
        finish(closing);
        closing.stopServerOnly();
        server = null;
    }

    /** Takes no connection any more and waits for the answers to what has come. */
    private static void finish(NettyEmbeddedServer closing) {
        try {
            closing.shutdownGracefully().toCompletableFuture().get(FINISH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "some requests were not answered within {} ms of the stop and are cut off; nothing has to be done: who"
                            + " sent readings sends them again",
                    FINISH_TIMEOUT.toMillis());
        } catch (ExecutionException e) {
            LOG.debug("a connection could not be ended in good order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
