package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Meters are summed exactly once under faults, in short; {@link MeteringFaultsLongIT} has more of them. */
class MeteringFaultsIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);

    private static final int AIMS = 3;

    @Test
    void metersAreSummedExactlyOnceUnderAKill() {
        System.out.println("faults: seed " + SEED);
        Path directory = FaultRuns.newDirectory("meters");
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                MeteredRun metered = new MeteredRun(broker, directory, "run", SEED, 300, 10)) {
            // given
            ServeProcess only = metered.run().startInstance("only");

            // when
            long open = 0;
            for (int aim = 0; open == 0 && aim < AIMS; aim++) { // a commit may come between the look and the kill
                open = metered.kill(only, 1);
                only.restart();
            }
            metered.run().awaitForecasts(1);

            // then
            assertThat(open)
                    .as("metered readings whose transaction the kill hit")
                    .isPositive();
            metered.requireExactlyOnce();
        }
    }
}
