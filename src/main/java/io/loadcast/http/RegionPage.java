package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the regions, by name.
 *
 * @param regions those of this page
 * @param next what to give as {@code after} for the next page; null on the last
 * @param count how many there are on all pages
 * @param complete whether the server has read all that was there when it started
 */
@Introspected
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RegionPage(
        List<RegionEntry> regions, @Nullable String next, int count, boolean complete) {}
