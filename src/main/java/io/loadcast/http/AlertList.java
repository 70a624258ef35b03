package io.loadcast.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * Alerts, newest first.
 *
 * @param alerts as the topic has them, raised and cleared folded into one
 * @param count how many there are, whatever the limit
 */
@Introspected
public record AlertList(List<JsonNode> alerts, int count) {}
