package io.loadcast.training;

import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Weights;

/**
 * The outcome of a training run: the weights of its best epoch, calibrated.
 *
 * @param architecture what the weights are of
 * @param weights of the best epoch
 * @param epoch the best epoch, from 1; 0 is what descent starts from, or all where there is none
 * @param validation its validation scores
 */
public record TrainedNetwork(Architecture architecture, Weights weights, int epoch, ValidationScore validation) {}
