package io.loadcast.replay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private static final String FIRST = "loadcast-replay-x-aaaa";
    private static final String LAST = "loadcast-replay-x-bbbb";
    private static final Map<String, String> BOTH = Map.of(
            FIRST + "-StreamThread-1-consumer", "/10.0.0.1",
            LAST + "-StreamThread-1-consumer", "/10.0.0.2",
            LAST + "-StreamThread-2-consumer", "/10.0.0.2");

    private final Rivals rivals = new Rivals("loadcast-replay-x");

    private void look(Map<String, String> members, String own, long seconds) {
        rivals.look(members, Set.of(own + "-StreamThread-1-consumer"), TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void ofTwoThatStartAtOnceTheOneThatSortsLastGivesWay() {
        // given
        look(BOTH, LAST, 100);

        // when, then
        assertThatThrownBy(() -> look(BOTH, LAST, 104))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("another process, at /10.0.0.1, runs loadcast-replay-x too")
                .hasMessageContaining("--out-suffix");
    }

    @Test
    void theOtherGoesOnUnlessItsRivalDoesNotGiveWay() {
        // given
        look(BOTH, FIRST, 100);
        look(BOTH, FIRST, 150);

        // when, then
        assertThatThrownBy(() -> look(BOTH, FIRST, 161)).hasMessageContaining("at /10.0.0.2");
    }

    @Test
    void oneThatIsGoneAgainAndThreadsOfTheSameProcessAreNoRivals() {
        // given
        Map<String, String> alone =
                Map.of(LAST + "-StreamThread-1-consumer", "/10.0.0.2", LAST + "-StreamThread-7-consumer", "/10.0.0.2");
        look(BOTH, LAST, 100);

        // when
        look(alone, LAST, 102);
        look(BOTH, LAST, 200);

        // then
        assertThatCode(() -> look(BOTH, LAST, 202)).doesNotThrowAnyException();
    }
}
