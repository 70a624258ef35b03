package io.loadcast.http;

/**
 * What the server bears.
 *
 * @param loopback whether it listens to this machine alone
 * @param readingsPerSecond how many posted readings it takes, in the long run
 * @param streamClients how many may follow the stream at once
 */
public record HttpLimits(boolean loopback, int readingsPerSecond, int streamClients) {}
