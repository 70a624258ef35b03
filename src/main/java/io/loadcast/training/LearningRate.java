package io.loadcast.training;

/**
 * A learning rate over the steps of a run: constant; or it rises linearly for the first {@value #WARM_UP} of them, and falls along
 * half a cosine (Loshchilov and Hutter 2017) to {@value #FLOOR} of its highest value.
 *
 * @param highest the highest value
 * @param steps of the whole run
 */
record LearningRate(double highest, long steps, Schedule schedule) {
    private static final double WARM_UP = 0.02;
    private static final double FLOOR = 0.01;

    /** @param step from 0 */
    float at(long step) {
        if (schedule == Schedule.CONSTANT) {
            return (float) highest;
        }
        double done = Math.min(1, (step + 1.0) / steps);
        if (done < WARM_UP) {
            return (float) (highest * done / WARM_UP);
        }
        double cosine = (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP))) / 2;
        return (float) (highest * (FLOOR + (1 - FLOOR) * cosine));
    }
}
