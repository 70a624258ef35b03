package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the alerts, newest first.
 *
 * @param alerts as the topic has them, raised and cleared folded into one
 * @param next what to give as {@code after} for the next page; null on the last
 * @param count how many there are on all pages
 */
@Introspected
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AlertList(List<JsonNode> alerts, @Nullable String next, int count) {}
