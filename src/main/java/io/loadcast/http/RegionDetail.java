package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One region.
 *
 * @param entry as in the overview
 * @param model the one that its newest forecast names
 * @param readings how many valid ones this server has seen
 * @param keptFrom the first hour of the history that is kept; null if none is
 */
@Introspected
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RegionDetail(
        @JsonUnwrapped RegionEntry entry,
        @Nullable JsonNode model,
        long readings,
        @Nullable Instant keptFrom) {}
