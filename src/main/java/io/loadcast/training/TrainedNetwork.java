package io.loadcast.training;

import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Weights;

/**
 * The outcome of a training run: the weights of its best epoch.
 *
 * @param architecture what the weights are of
 * @param weights of the best epoch
 * @param epoch the best epoch, from 1; 0 is the linear fit that training starts from
 * @param validation its validation scores
 */
public record TrainedNetwork(Architecture architecture, Weights weights, int epoch, ValidationScore validation) {}
