package io.loadcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamedRegionsTest {
    @Test
    void saysWhichAreAbsentAndWhichThereAre() {
        // when
        NamedRegions regions = new NamedRegions(List.of("NOPE", "AEP"), List.of("DUQ", "AEP"));

        // then
        assertThat(regions.absent()).containsExactly("NOPE");
        assertThat(regions.noneIsThere()).isFalse();
        assertThat(regions.sentence("topic T")).isEqualTo("topic T has no region NOPE; it has AEP, DUQ");
    }

    @Test
    void listsTwentyOfManyAndCountsTheRest() {
        // given
        List<String> many =
                IntStream.range(100, 150).mapToObj(Integer::toString).toList();

        // when
        NamedRegions regions = new NamedRegions(List.of("NOPE"), many);

        // then
        assertThat(regions.noneIsThere()).isTrue();
        assertThat(regions.sentence("topic T")).endsWith("118, 119 and 30 more").doesNotContain("120");
    }

    @Test
    void noNameIsNoRegionAbsent() {
        assertThat(new NamedRegions(List.of(), List.of()).noneIsThere()).isFalse();
    }
}
