package io.loadcast.bench;

import io.loadcast.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The benchmark's broker: a process of its own that says where it listens, and on request what it has used. */
final class BrokerProcess {
    private BrokerProcess() {}

    /** What it says first. */
    record Ready(String bootstrapServers) {}

    /** @param arguments the directory of its data */
    public static void main(String[] arguments) throws IOException {
        Requests requests = new Requests();
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0)) {
            requests.answer(new Ready(broker.bootstrapServers()));
            while (requests.next() != null) {
                requests.answer(BrokerUsage.now());
            }
        } catch (RuntimeException e) {
            requests.fail(e);
            System.exit(1); // the broker's threads would keep it
        }
        System.exit(0);
    }
}
