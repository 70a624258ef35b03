package io.loadcast.cli;

import io.loadcast.dataset.HourLabel;
import io.loadcast.domain.HolidayCalendar;
import io.loadcast.domain.Region;
import io.loadcast.feed.MeterFleet;
import io.loadcast.feed.Speed;
import io.loadcast.holidays.PublicHolidays;
import io.loadcast.inference.Device;
import io.loadcast.training.LossKind;
import io.loadcast.training.Schedule;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Zoo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    static final class ToHolidays implements ITypeConverter<HolidayCalendar> {
        @Override
        public HolidayCalendar convert(String text) {
            try {
                return PublicHolidays.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
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

    static final class ToArchitecture implements ITypeConverter<Architecture> {
        @Override
        public Architecture convert(String text) {
            try {
                return Zoo.named(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class ToPreset implements ITypeConverter<Preset> {
        @Override
        public Preset convert(String text) {
            try {
                return Preset.ofKey(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A number of things: 1 or more. */
    static final class ToCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int count = Integer.parseInt(text);
                if (count >= 1) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is no count; give a whole number, 1 or more");
        }
    }

    static final class ToMeterFleet implements ITypeConverter<MeterFleet> {
        @Override
        public MeterFleet convert(String text) {
            int meters = new ToCount().convert(text);
            try {
                return new MeterFleet(meters);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A port of TCP, or 0 for any. */
    static final class ToPort implements ITypeConverter<Integer> {
        private static final int LARGEST = 65_535;

        @Override
        public Integer convert(String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= LARGEST) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is no port; give a whole number from 0 to " + LARGEST);
        }
    }

    /** A number of copies, as Kafka takes it: a count of 16 bits. */
    static final class ToReplicationFactor implements ITypeConverter<Short> {
        @Override
        public Short convert(String text) {
            int copies = new ToCount().convert(text);
            if (copies > Short.MAX_VALUE) {
                throw new TypeConversionException("'" + text + "' is more than " + Short.MAX_VALUE);
            }
            return (short) copies;
        }
    }

    /** A number above zero. */
    static final class ToPositive implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double number = Double.parseDouble(text);
                if (number > 0 && Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is not positive; give a number above 0");
        }
    }

    /** A number from zero on. */
    static final class ToNonNegative implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double number = Double.parseDouble(text);
                if (number >= 0 && Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is negative or no number; give 0 or more");
        }
    }

    /** A share: from zero to below one. */
    static final class ToShare implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double number = Double.parseDouble(text);
                if (number >= 0 && number < 1) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is no share; give a number from 0 to below 1");
        }
    }

    static final class ToLossKind implements ITypeConverter<LossKind> {
        @Override
        public LossKind convert(String text) {
            try {
                return LossKind.ofKey(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class ToSchedule implements ITypeConverter<Schedule> {
        @Override
        public Schedule convert(String text) {
            try {
                return Schedule.ofKey(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The start of an hour; {@code earliest} and {@code now} are the farthest instants, beyond any reading. */
    static final class ToTime implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return switch (text) {
                case "earliest" -> Instant.MIN;
                case "now" -> Instant.MAX;
                default -> time(text);
            };
        }

        private static Instant time(String text) {
            try {
                return text.indexOf('T') < 0
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text
                                + "' is no time; write ISO 8601 with a zone, such as 2018-01-31T23:00Z, or a date, which begins at 0 h UTC");
            }
        }
    }
}
