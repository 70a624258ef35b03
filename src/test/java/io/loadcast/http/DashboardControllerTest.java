package io.loadcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardControllerTest {
    private static final Pattern NAMED = Pattern.compile("/dashboard/([a-z-]+\\.[a-z]+)");

    private final DashboardController dashboard = new DashboardController();

    @Test
    void everyFileThatThePageNamesIsThereWithItsType() {
        // given
        Set<String> files = new LinkedHashSet<>();
        Deque<String> toRead = new ArrayDeque<>(Set.of("index.html"));

        // when
        while (!toRead.isEmpty()) {
            String file = toRead.pop();
            if (files.add(file)) {
                HttpResponse<byte[]> response = dashboard.file(file, null);
                assertThat(response.status().getCode()).as(file).isEqualTo(200);
                assertThat(response.getContentType()).as(file).isPresent();
                NAMED.matcher(new String(response.body(), StandardCharsets.UTF_8))
                        .results()
                        .map((MatchResult named) -> named.group(1))
                        .forEach(toRead::push);
            }
        }

        // then
        assertThat(files).contains("uplot.js", "uplot.css", "dashboard.js", "dashboard.css", "region.js", "icon.svg");
    }

    @Test
    void whoHasTheFileIsToldSoInsteadOfGettingItAgain() {
        // given
        HttpResponse<byte[]> first = dashboard.page(null);
        String tag = first.getHeaders().get("ETag");

        // when
        HttpResponse<byte[]> again = dashboard.page(tag);
        HttpResponse<byte[]> other = dashboard.page("W/\"of another version\"");

        // then
        assertThat(first.getHeaders().get("Cache-Control")).isEqualTo("no-cache");
        assertThat(again.status().getCode()).isEqualTo(304);
        assertThat(again.body()).isNull();
        assertThat(again.getHeaders().get("ETag")).isEqualTo(tag);
        assertThat(other.status().getCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.js",
                "../application.yml",
                "..\\application.yml",
                "index.html\u0000.js",
                "",
                "dashboard.class"
            })
    void nothingButTheDashboardIsGiven(String name) {
        // when, then
        assertThatThrownBy(() -> dashboard.file(name, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status().getCode()).isEqualTo(404));
    }
}
