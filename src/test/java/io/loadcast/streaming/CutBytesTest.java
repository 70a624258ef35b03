package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CutBytesTest {
    private static final int LARGE = 10_000_000;

    private final Headers headers = new RecordHeaders().add("trace", new byte[] {1});

    private String header(String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    @Test
    void whatAReadingMayHaveIsLeftAsItIs() {
        // given
        byte[] value = new byte[RecordFields.LARGEST_BYTES];
        value[7] = 7;

        // when
        byte[] received = CutBytes.ofValues().deserialize("readings", headers, ByteBuffer.wrap(value));

        // then
        assertThat(received).isEqualTo(value);
        assertThat(headers.toArray()).hasSize(1);
    }

    @Test
    void moreIsCutAndTheHeaderSaysHowMuchThereWas() {
        // when
        byte[] value = CutBytes.ofValues().deserialize("readings", headers, ByteBuffer.wrap(new byte[LARGE]));
        byte[] key = CutBytes.ofKeys().deserialize("readings", headers, ByteBuffer.wrap(new byte[LARGE + 1]));

        // then
        assertThat(value).hasSize(RecordFields.LARGEST_BYTES + 1);
        assertThat(key).hasSize(RecordFields.LARGEST_BYTES + 1);
        assertThat(header(CutBytes.VALUE_BYTES)).isEqualTo("10000000");
        assertThat(header(CutBytes.KEY_BYTES)).isEqualTo("10000001");
    }

    @Test
    void aSenderCannotPretendAnotherSize() {
        // given
        headers.add(CutBytes.VALUE_BYTES, "5".getBytes(UTF_8));

        // when
        CutBytes.ofValues().deserialize("readings", headers, ByteBuffer.wrap(new byte[LARGE]));

        // then
        assertThat(header(CutBytes.VALUE_BYTES)).isEqualTo("10000000");
    }

    @Test
    void headersThatAreTooLargeAreDropped() {
        // given
        headers.add("more", new byte[DeadLetter.LARGEST_HEADERS_BYTES]);

        // when
        byte[] record = new byte[LARGE];
        byte[] value = CutBytes.ofValues().deserialize("readings", headers, ByteBuffer.wrap(record, 0, 10));

        // then
        assertThat(value).hasSize(10);
        assertThat(headers.toArray()).hasSize(1);
        assertThat(header(CutBytes.HEADERS_BYTES)).isEqualTo("100010");
    }
}
