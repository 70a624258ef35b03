package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void regionsThatDifferOnlyInSpecialCharactersOrCaseHaveFilesOfTheirOwn() {
        // given
        FileNames names = new FileNames();

        // when
        List<String> files =
                Stream.of("A/B", "A B", "a_b", "A_B-2", "C").map(names::nameOf).toList();

        // then
        assertThat(files).containsExactly("A_B", "A_B-2", "a_b-3", "A_B-2-2", "C");
    }

    @Test
    void longNamesAreCutAndStillDiffer() {
        // given
        FileNames names = new FileNames();

        // when
        String first = names.nameOf("x".repeat(127) + "1");
        String second = names.nameOf("x".repeat(127) + "2");

        // then
        assertThat(first).hasSizeLessThan(128).isNotEqualTo(second);
    }
}
