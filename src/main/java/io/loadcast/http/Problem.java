package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, by RFC 9457.
 *
 * @param type always {@code about:blank}: the status says it
 * @param title the status in words
 * @param detail what is wrong, and what to send instead
 * @param instance the path that was asked for
 */
@Introspected
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, @Nullable String detail, String instance) {}
