package io.loadcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientRatesTest {
    private final ClientRates rates = new ClientRates(10, () -> 0);

    @Test
    void whoSendsTooMuchHoldsUpNobodyElse() {
        // when
        rates.take("10.0.0.1", 300);

        // then
        assertThat(rates.take("10.0.0.1", 1)).isEqualTo(21);
        assertThat(rates.take("10.0.0.2", 1)).isZero();
    }

    @Test
    void whoCameLongestAgoIsForgottenWhenTooManyCome() {
        // given
        rates.take("early", 300);
        rates.take("late", 300);

        // when
        for (int i = 0; i < ClientRates.MOST_CLIENTS - 1; i++) {
            rates.take("other-" + i, 1);
        }

        // then
        assertThat(rates.take("late", 1)).isEqualTo(21);
        assertThat(rates.take("early", 1)).isZero();
    }
}
