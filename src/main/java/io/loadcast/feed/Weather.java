package io.loadcast.feed;

import java.util.Random;

/**
 * How far the temperature lies from what is usual for the hour, in °C: an autoregressive process of second order, so that it
 * wanders over days (standard deviation 4 °C) but changes smoothly from hour to hour. Not thread-safe.
 */
final class Weather {
    private static final double MEMORY = StrictMath.exp(-1 / 48.0); // fronts pass in about two days
    private static final double INERTIA = StrictMath.exp(-1 / 6.0); // and take some hours to do so
    private static final double DEVIATION_CELSIUS = 4;
    private static final int WARM_UP_HOURS = 500;

    private final Random random;
    private double front;
    private double anomaly;

    Weather(Random random) {
        this.random = random;
        for (int i = 0; i < WARM_UP_HOURS; i++) {
            nextCelsius();
        }
    }

    float[] anomaliesCelsius(int hours) {
        float[] celsius = new float[hours];
        for (int i = 0; i < hours; i++) {
            celsius[i] = (float) nextCelsius();
        }
        return celsius;
    }

    private double nextCelsius() {
        double innovation = DEVIATION_CELSIUS * Math.sqrt(1 - MEMORY * MEMORY);
        front = MEMORY * front + innovation * random.nextGaussian();
        anomaly = INERTIA * anomaly + (1 - INERTIA) * front;
        return anomaly;
    }
}
