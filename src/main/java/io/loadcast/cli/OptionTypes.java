package io.loadcast.cli;

import io.loadcast.dataset.HourLabel;
import io.loadcast.domain.Region;
import io.loadcast.feed.Speed;
import io.loadcast.inference.Device;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of the command line become the domain's value types; what they say is wrong reaches the user as it is. */
final class OptionTypes {
    private OptionTypes() {}

    static final class ToHourLabel implements ITypeConverter<HourLabel> {
        @Override
        public HourLabel convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "start" -> HourLabel.START;
                case "end" -> HourLabel.END;
                default -> throw new TypeConversionException("'" + text + "' is neither start nor end");
            };
        }
    }

    static final class ToZone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no time zone; use an IANA name such as America/New_York");
            }
        }
    }

    static final class ToRegion implements ITypeConverter<Region> {
        @Override
        public Region convert(String text) {
            try {
                return new Region(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class ToSpeed implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            try {
                return Speed.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class ToDevice implements ITypeConverter<Device> {
        @Override
        public Device convert(String text) {
            try {
                return Device.ofKey(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
