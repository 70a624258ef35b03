package io.loadcast.http;

import java.time.ZoneId;

/** The zones that regions' people live by. Thread-safe. */
@FunctionalInterface
public interface RegionZones {
    ZoneId zone(String region);
}
