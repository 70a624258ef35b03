package io.loadcast.http;

/**
 * What the server bears.
 *
 * @param host at which it listens, as it was given: a name or an address
 * @param loopback whether it listens to this machine alone
 * @param readingsPerSecond how many posted readings it takes of one client, in the long run
 * @param streamClients how many may follow the stream at once
 */
public record HttpLimits(String host, boolean loopback, int readingsPerSecond, int streamClients) {}
