package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network of the tests, and whether a cut is one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StallingProxyTest {
    private ServerSocket server;
    private StallingProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = StallingProxy.open();
        proxy.forwardTo(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    @Test
    void bytesGoBothWaysAndSoDoesTheEndOfAConnection() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            // when
            client.getOutputStream().write(1);
            accepted.getOutputStream().write(2);

            // then
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            assertThat(client.getInputStream().read()).isEqualTo(2);
            client.close();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void nothingPassesAStalledNetworkAndAllOfItComesAfterwards() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            // given
            client.getOutputStream().write(1);
            assertThat(accepted.getInputStream().read()).isEqualTo(1);

            // when
            proxy.stall();
            client.getOutputStream().write(2);
            accepted.getOutputStream().write(3);

            // then
            Awaitility.await().until(() -> proxy.heldBackBytes() == 2);
            client.setSoTimeout((int) Duration.ofMillis(300).toMillis());
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(accepted.getInputStream().available()).isZero();
            proxy.resume();
            assertThat(accepted.getInputStream().read()).isEqualTo(2);
            assertThat(client.getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void aServerDoesNotLearnOfAClientThatGoesWhileTheNetworkIsStalled() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            // given
            proxy.stall();

            // when
            client.close();

            // then
            accepted.setSoTimeout((int) Duration.ofMillis(300).toMillis());
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.resume();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aNetworkThatRefusesResetsOldConnectionsAndNewOnesUntilItResumes() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            // given
            client.getOutputStream().write(1);
            assertThat(accepted.getInputStream().read()).isEqualTo(1);

            // when
            proxy.refuse();

            // then
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
            try (Socket refused = connect()) {
                assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            assertThat(proxy.resets()).isGreaterThanOrEqualTo(3);
            proxy.resume();
            try (Socket again = connect();
                    Socket acceptedAgain = server.accept()) {
                again.getOutputStream().write(4);
                assertThat(acceptedAgain.getInputStream().read()).isEqualTo(4);
            }
        }
    }
}
