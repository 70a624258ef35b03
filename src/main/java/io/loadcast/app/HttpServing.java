package io.loadcast.app;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The life of the HTTP server, and where it listens. Thread-safe; the container closes it at the latest. */
@Singleton
final class HttpServing implements BeanCreatedEventListener<NettyHttpServerConfiguration>, AutoCloseable {
    private static final int ANY_PORT = -1;

    private final HttpSettings settings;
    private final Provider<EmbeddedServer> servers;
    private @Nullable EmbeddedServer server; // guarded by this

    HttpServing(HttpSettings settings, Provider<EmbeddedServer> servers) {
        this.settings = settings;
        this.servers = servers;
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
        EmbeddedServer started = servers.get();
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

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }
}
