package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReplayLinesTest {
    @Test
    void theNextReplayIsCountedFromItsOwnStart() {
        // given
        ReplayLines first = new ReplayLines("compare", new PrintWriter(new StringWriter()));
        first.at(0, 1000);
        first.at(900, 1000);

        // when
        ReplayLines second = first.ofNextReplay();
        second.at(0, 1000);
        second.at(100, 1000);

        // then
        assertThat(first.processed()).isEqualTo(900);
        assertThat(second.processed()).isEqualTo(100);
    }
}
