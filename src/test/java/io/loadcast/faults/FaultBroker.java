package io.loadcast.faults;

import java.nio.file.Path;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker for all tests of a class, in a directory of its own, and the seed that they share, which is printed. */
final class FaultBroker implements BeforeAllCallback, AfterAllCallback {
    static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);

    private final Path directory;
    private @Nullable BrokerCluster cluster;
    private @Nullable Admin admin;

    /** @param name of the directory */
    FaultBroker(String name) {
        directory = FaultRuns.newDirectory(name);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        System.out.println("faults: seed " + SEED);
        cluster = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
        admin = cluster.admin();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (admin != null) {
            admin.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    Path directory() {
        return directory;
    }

    BrokerCluster cluster() {
        return Objects.requireNonNull(cluster);
    }

    Admin admin() {
        return Objects.requireNonNull(admin);
    }
}
