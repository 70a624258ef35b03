package io.loadcast.training;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a run keeps its state.
 *
 * @param directory of the checkpoint; made if there is none
 * @param interval between two checkpoints within an epoch; there is one after each epoch too
 * @param resume whether to go on from the checkpoint if there is one
 */
public record CheckpointSettings(Path directory, Duration interval, boolean resume) {}
