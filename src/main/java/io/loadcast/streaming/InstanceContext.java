package io.loadcast.streaming;

import java.util.function.Supplier;

/**
 * What the topologies of one instance share.
 *
 * @param topics the names of the topics
 * @param counters of all tasks
 * @param origins what the cluster knows of the topics that states come from
 * @param paces of the threads; called on each
 */
public record InstanceContext(Topics topics, Counters counters, StateOrigins origins, Supplier<ThreadPace> paces) {}
