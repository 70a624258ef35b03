package io.loadcast.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between clients and one server, which can be cut. It forwards the bytes of TCP connections both ways. While it is
 * {@linkplain #stall stalled} it forwards none, neither data nor the end of a connection, as a network that drops packets; a
 * connection that is still wanted on both sides goes on afterwards where it was. While it {@linkplain #refuse refuses}, all
 * connections are reset, as by a firewall. Thread-safe; whoever opened it closes it.
 */
final class StallingProxy implements AutoCloseable {
    private enum State {
        FORWARDING,
        STALLED,
        REFUSING,
        CLOSED
    }

    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private State state = State.FORWARDING; // guarded by this
    private long heldBackBytes; // guarded by this
    private long resets; // guarded by this
    private volatile int server;

    private StallingProxy(ServerSocket listener) {
        this.listener = listener;
        start(this::accept);
    }

    /** Takes a free port. */
    static StallingProxy open() {
        try {
            return new StallingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Where the server listens, on this machine; to be told before the first client comes. */
    void forwardTo(int serverPort) {
        server = serverPort;
    }

    /** Drops everything from now on. */
    synchronized void stall() {
        state = State.STALLED;
    }

    /** Resets all connections, and each new one, from now on. */
    void refuse() {
        synchronized (this) {
            state = State.REFUSING;
            notifyAll();
        }
        sockets.forEach(this::reset);
    }

    /** Forwards again, what was held back included. */
    synchronized void resume() {
        state = State.FORWARDING;
        notifyAll();
    }

    /** How many bytes came while it was stalled, so far; each counts once, and it is known when they are held back. */
    synchronized long heldBackBytes() {
        return heldBackBytes;
    }

    /** How many connections it has reset, so far. */
    synchronized long resets() {
        return resets;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                start(() -> connect(client));
            } catch (IOException e) {
                assert listener.isClosed() : e;
            }
        }
    }

    private void connect(Socket client) {
        if (!mayPass(0)) {
            reset(client);
            return;
        }
        Socket onward = new Socket();
        sockets.add(onward);
        try {
            onward.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
        } catch (IOException e) { // nobody listens there, or it refuses by now
            reset(client);
            reset(onward);
            return;
        }
        start(() -> pump(client, onward));
        pump(onward, client);
    }

    /** Forwards one way until an end closes its connection; the other end learns of it when it may. */
    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int bytes = in.read(chunk); bytes >= 0 && mayPass(bytes); bytes = in.read(chunk)) {
                out.write(chunk, 0, bytes);
            }
        } catch (IOException broken) {
            assert broken != null; // it ends as one that was closed
        }
        if (mayPass(0)) { // neither end learns of the other's while the network is cut
            close(from);
            close(to);
        } else {
            reset(from);
            reset(to);
        }
    }

    /** Waits while the network is stalled; says whether bytes may go on then. */
    private synchronized boolean mayPass(int bytes) {
        if (state == State.STALLED) {
            heldBackBytes += bytes;
        }
        while (state == State.STALLED) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return state == State.FORWARDING;
    }

    private void reset(Socket socket) {
        try {
            if (sockets.remove(socket)) {
                socket.setSoLinger(true, 0); // closing it sends RST then
                synchronized (this) {
                    resets++;
                }
            }
        } catch (IOException e) {
            assert socket.isClosed() : e;
        }
        close(socket);
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "stalling-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        synchronized (this) {
            state = State.CLOSED;
            notifyAll();
        }
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(this::close);
    }
}
