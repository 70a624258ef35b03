package io.loadcast.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.RegionScale;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What descent is told by every architecture that learns. */
@ParameterizedClass
@MethodSource("architectures")
class GradientTest {
    private static final int SEED = 20180703;
    private static final int BATCH = 4;

    private final Architecture architecture;
    private final NDManager manager = NDManager.newBaseManager();
    private final Network network;

    GradientTest(Architecture architecture) {
        this.architecture = architecture;
        Engine.getInstance().setRandomSeed(SEED);
        JniUtils.setGradMode(false);
        network = architecture.newNetwork(manager);
        // The last layer starts at zero, which would hide all that lies before it.
        NDArray out = network.namedParameters().get("out_weight").getArray();
        out.addi(manager.randomNormal(out.getShape()).muli(0.1f));
        network.namedParameters().values().forEach(one -> one.getArray().setRequiresGradient(true));
    }

    static Stream<Named<Architecture>> architectures() {
        return Stream.concat(
                        Zoo.ARCHITECTURES.stream(),
                        Zoo.ARCHITECTURES.stream().map(one -> one.knowing(2)).filter(one -> one.knownRegions() > 0))
                .filter(one -> one.newNetwork().learns())
                .map(one -> Named.of(one.name() + " of " + one.knownRegions() + " regions", one));
    }

    @BeforeEach
    void printSeed() {
        System.out.println("seed " + SEED);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** An array that DJL frees while backward still needs it leads to garbage, or ends the process. */
    @Test
    void gradientsAreTheSameWhenGarbageIsCollectedBeforeBackward() {
        // given
        Map<String, float[]> undisturbed = gradients(() -> {});

        // when
        Map<String, float[]> disturbed = gradients(GradientTest::collectAndOverwrite);

        // then
        assertThat(disturbed.keySet()).isEqualTo(undisturbed.keySet()).isNotEmpty();
        undisturbed.forEach((name, gradient) -> {
            assertThat(gradient).as(name).doesNotContain(Float.NaN);
            assertThat(disturbed.get(name)).as(name).isEqualTo(gradient);
        });
    }

    private Map<String, float[]> gradients(Runnable beforeBackward) {
        try (NDManager step = manager.newSubManager()) {
            NetworkInput input = input(step);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray forecasts = network.forecasts(new ParameterStore(manager, false), input, false);
                NDArray loss = forecasts.square().sum();
                beforeBackward.run();
                collector.backward(loss);
            }
            Map<String, float[]> gradients = new LinkedHashMap<>();
            network.namedParameters().forEach((name, parameter) -> {
                NDArray gradient = parameter.getArray().getGradient();
                gradients.put(name, gradient.toFloatArray());
                gradient.subi(gradient);
            });
            return gradients;
        }
    }

    private NetworkInput input(NDManager step) {
        Random random = new Random(SEED);
        int hours = architecture.lookbackHours();
        int calendarHours = hours + architecture.horizonHours();
        float[] loads = new float[BATCH * hours];
        for (int i = 0; i < loads.length; i++) {
            loads[i] = (float) (1000 + 200 * Math.sin(i * Math.PI / 12) + 20 * random.nextGaussian());
        }
        int features = architecture.calendarFeatures().size();
        float[] calendar = new float[BATCH * calendarHours * features];
        for (int hour = 0; hour < BATCH * calendarHours; hour++) {
            calendar[hour * features] = hour % 24;
            calendar[hour * features + 1] = hour / 24 % 7;
            calendar[hour * features + 2] = 1 + hour / 24 % 365;
        }
        return new NetworkInput(
                step.create(loads, new Shape(BATCH, hours)),
                step.create(calendar, new Shape(BATCH, calendarHours, features)),
                region(step, features));
    }

    private @Nullable NDArray region(NDManager step, int features) {
        if (architecture.scaledByRegion()) {
            return scales(step, features);
        }
        return architecture.knownRegions() == 0 ? null : step.create(new float[] {0, 1, 2, 1}, new Shape(BATCH, 1));
    }

    /** From zero, to about the largest number that there is of each input. */
    private static NDArray scales(NDManager step, int features) {
        List<Extremes> calendar = Collections.nCopies(features, new Extremes(0, 31));
        float[] one = new RegionScale(new Extremes(0, 1500), calendar).numbers();
        return step.create(one, new Shape(1, one.length)).broadcast(BATCH, one.length);
    }

    /** Frees what nothing refers to, and lets other numbers take its place. */
    private static void collectAndOverwrite() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            try (NDManager scratch = NDManager.newBaseManager()) {
                for (int i = 0; i < 2000; i++) {
                    scratch.create(-1e30f);
                }
            }
        }
    }
}
