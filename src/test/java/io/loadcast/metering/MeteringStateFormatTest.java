package io.loadcast.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.MeteringInterval;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * What lies in the metering stores and changelogs outlives the version that wrote it. Where these bytes differ, either the change was
 * not meant, or it takes a new format and a reader of this one.
 */
class MeteringStateFormatTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theClockOfARegion() {
        String packed = "01" + "0000000000061a80" + "00000007" + "00000002";
        MeteringClock clock = new MeteringClock(400_000, 7, 2);

        assertThat(HEX.formatHex(clock.packed())).isEqualTo(packed);
        assertThat(MeteringClock.ofPacked(HEX.parseHex(packed))).isEqualTo(clock);
    }

    @Test
    void anHourOfARegion() {
        String packed = "01" + "00000000000003e8" + "00000003" + "00000002" + "00000001" + "01" + "ffffffff"
                + "0000000000000400" + "00000005";
        MeteredHour hour = new MeteredHour(400_000, 1000, 3, 2, 1, true, -1, 1024, 5);

        assertThat(HEX.formatHex(hour.packed())).isEqualTo(packed);
        assertThat(MeteredHour.ofPacked(400_000, HEX.parseHex(packed))).isEqualTo(hour);
    }

    @Test
    void aMeter() {
        String packed = "01" + "0000000000061a80" + "0000000000061a81" + "ffffffffffffffff" + "00000000000000ff";
        KnownMeter meter = new KnownMeter(400_000, 400_001, -1, 255);

        assertThat(HEX.formatHex(meter.packed())).isEqualTo(packed);
        assertThat(KnownMeter.ofPacked(HEX.parseHex(packed))).isEqualTo(meter);
    }

    @Test
    void anHourOfAMeter() {
        String packed = "01" + "fffb" + "0f" + "00000000000003e8" + "001e" + "1e" + "0000000000000400";
        MeteringInterval early = new MeteringInterval(400_000 * 60L - 5, 15);
        MeteringInterval late = new MeteringInterval(400_000 * 60L + 30, 30);

        MeterHour hour = MeterHour.empty(400_000).with(late, 1024).with(early, 1000);

        assertThat(HEX.formatHex(hour.packed())).isEqualTo(packed);
        MeterHour read = MeterHour.ofPacked(400_000, HEX.parseHex(packed));
        assertThat(read.energyOf(early)).hasValue(1000);
        assertThat(read.energyOf(late)).hasValue(1024);
    }
}
