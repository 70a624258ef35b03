package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
    /** Tells whether it was closed, and whether it was used after that. */
    private static final class ClosableEngine implements ForecastEngine {
        private final LastValueEngine model = new LastValueEngine();
        private final AtomicInteger closings = new AtomicInteger();

        @Override
        public ModelId model() {
            return model.model();
        }

        @Override
        public ModelManifest manifest() {
            return model.manifest();
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void run(WindowBatch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closings.incrementAndGet();
        }

        boolean isClosed() {
            return closings.get() > 0;
        }
    }

    @Test
    void aModelThatIsReplacedStaysOpenUntilTheLastLeaseIsGivenBack() {
        // given
        ClosableEngine old = new ClosableEngine();
        ServedModels models = new ServedModels(ModelSnapshot.of(old));
        ModelSnapshot first = models.lease();
        ModelSnapshot second = models.lease();

        // when
        models.publish(ModelSnapshot.of(new ClosableEngine()));
        first.release();
        models.closeRetired();

        // then
        assertThat(models.lease()).isNotSameAs(first);
        assertThat(old.isClosed()).isFalse();
        second.release();
        models.closeRetired();
        assertThat(old.isClosed()).isTrue();
    }

    @Test
    void aModelThatGoesOnInAnotherRoleIsNotClosed() {
        // given
        ClosableEngine kept = new ClosableEngine();
        ClosableEngine other = new ClosableEngine();
        ServedModels models = new ServedModels(ModelSnapshot.of(kept));

        // when
        models.publish(new ModelSnapshot(other, Map.of(), List.of(kept), Map.of()));
        models.publish(new ModelSnapshot(other, Map.of(new Region("AEP"), kept), List.of(), Map.of()));
        models.closeRetired();

        // then
        assertThat(kept.isClosed()).isFalse();
        assertThat(models.inForce().champion(new Region("AEP"))).isSameAs(kept);
        assertThat(models.inForce().champion(new Region("DUQ"))).isSameAs(other);
        models.close();
        assertThat(kept.closings).hasValue(1);
        assertThat(other.closings).hasValue(1);
    }

    @Test
    void challengersOfARegionAreItsOwn() {
        // given
        ClosableEngine champion = new ClosableEngine();
        ClosableEngine everywhere = new ClosableEngine();
        ClosableEngine inAep = new ClosableEngine();

        // when
        ModelSnapshot snapshot =
                new ModelSnapshot(champion, Map.of(), List.of(everywhere), Map.of(new Region("AEP"), List.of(inAep)));

        // then
        assertThat(snapshot.challengers(new Region("AEP"))).containsExactly(inAep);
        assertThat(snapshot.challengers(new Region("DUQ"))).containsExactly(everywhere);
        assertThat(snapshot.engines()).containsExactlyInAnyOrder(champion, everywhere, inAep);
    }

    @Test
    void noThreadEverHoldsAClosedModelHoweverOftenTheyChange() throws Exception {
        // given
        List<ClosableEngine> all = new ArrayList<>(List.of(new ClosableEngine()));
        ServedModels models = new ServedModels(ModelSnapshot.of(all.get(0)));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger leases = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(3);

        // when
        List<Future<Integer>> flushing = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            flushing.add(threads.submit(() -> {
                int closedInHand = 0;
                while (!done.get()) {
                    ModelSnapshot leased = models.lease();
                    Thread.onSpinWait();
                    closedInHand += ((ClosableEngine) leased.champion()).isClosed() ? 1 : 0;
                    leased.release();
                    leases.incrementAndGet();
                }
                return closedInHand;
            }));
        }
        for (int change = 0; change < 20_000 || leases.get() < 1_000; change++) {
            ClosableEngine next = new ClosableEngine();
            all.add(next);
            models.publish(ModelSnapshot.of(next));
            models.closeRetired();
        }
        done.set(true);

        // then
        for (Future<Integer> flushes : flushing) {
            assertThat(flushes.get(30, TimeUnit.SECONDS)).isZero();
        }
        threads.shutdown();
        models.close();
        assertThat(all).allSatisfy(engine -> assertThat(engine.closings).hasValue(1));
    }
}
