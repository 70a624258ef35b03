package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.Reading;
import io.loadcast.feed.MeterFleet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The records of a fleet of meters whose sums are known to the watt: some come hours late, twice, with a wrong energy first, or never; and
 * with poison among them if wanted. By a seed. For one thread at a time.
 */
final class UnrulyMeters {
    static final String POISON_HEADER = "poison";

    private static final MeterFleet FLEET = new MeterFleet(12);
    private static final int MOST_HOURS_LATE = 6;
    /** Of what is lost: so little that every hour is published in the end, and every region forecast at its newest. */
    private static final int LOST_MINUTES = 5;
    /** Of a region, before there is poison: until an hour has closed, nothing is too old. */
    private static final int CLEAN_HOURS = 4;

    private static final long MILLIWATT_HOURS_PER_WATT_HOUR = 1_000;
    private static final int KWH_DECIMALS = 6;

    /**
     * A meter reading that is kept back.
     *
     * @param dueHour at whose end it is sent
     * @param isLost whether it is not sent then either
     */
    private record Held(MeterReading reading, long dueHour, boolean isLost) {}

    private final String topic;
    private final Random random;
    private final int poisonPerThousand;
    private final Map<String, List<Held>> held = new TreeMap<>();
    private final Map<String, Integer> hoursOf = new HashMap<>();
    private final Map<String, Long> watts = new HashMap<>();
    private final Map<String, String> poison = new HashMap<>();
    private final EnumMap<MeterPoison, Integer> poisonKinds = new EnumMap<>(MeterPoison.class);
    private final Map<String, Integer> kinds = new TreeMap<>();

    UnrulyMeters(String topic, long seed, int poisonPerThousand) {
        this.topic = topic;
        this.random = new Random(seed + 1);
        this.poisonPerThousand = poisonPerThousand;
    }

    /** How many records an hour of a region has, about. */
    static int recordsOfAnHour() {
        return FLEET.meters() / 4 * (12 + 4 + 2 + 1);
    }

    /** What the meters of this hour send, and what was kept back until now. */
    List<ProducerRecord<byte[], byte[]>> of(Reading reading) {
        String region = reading.region().name();
        boolean mayPoison = hoursOf.merge(region, 1, Integer::sum) > CLEAN_HOURS;
        long energy = Math.round(reading.loadMw() * 1e9); // mWh
        watts.put(
                hour(region, reading.validTime()),
                (energy + MILLIWATT_HOURS_PER_WATT_HOUR / 2) / MILLIWATT_HOURS_PER_WATT_HOUR);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<Held> kept = held.computeIfAbsent(region, name -> new ArrayList<>());
        for (MeterReading one : FLEET.split(reading)) {
            send(one, reading.epochHour(), mayPoison, kept, records);
        }
        for (Held one : kept) {
            if (one.dueHour() <= reading.epochHour() && !one.isLost()) {
                records.add(record(one.reading()));
            } else if (one.dueHour() <= reading.epochHour()) {
                watts.remove(
                        hour(region, EpochHour.start(one.reading().interval().firstHour())));
            }
        }
        kept.removeIf(one -> one.dueHour() <= reading.epochHour());
        return records;
    }

    private void send(
            MeterReading reading,
            long hour,
            boolean mayPoison,
            List<Held> kept,
            List<ProducerRecord<byte[], byte[]>> to) {
        int chance = random.nextInt(1_000);
        long later = hour + random.nextInt(MOST_HOURS_LATE + 1);
        if (chance < 10) {
            count("late");
            kept.add(new Held(reading, Math.max(later, hour + 1), false));
            return;
        }
        if (chance < 11 && reading.interval().minutes() == LOST_MINUTES) {
            count("lost");
            kept.add(new Held(reading, hour + MOST_HOURS_LATE + 2, true));
            return;
        }
        if (chance < 16) {
            count("corrected");
            long wrong = reading.energyMilliwattHours() + reading.energyMilliwattHours() / 10 + 1_000;
            to.add(record(new MeterReading(reading.region(), reading.meter(), reading.interval(), wrong)));
            kept.add(new Held(reading, later, false));
            return;
        }
        to.add(record(reading));
        if (chance < 26) {
            count("repeated");
            to.add(record(reading));
        }
        if (mayPoison && random.nextInt(1_000) < poisonPerThousand) {
            to.add(poison(reading));
        }
    }

    /** All that is still kept back: with it, the newest hour of every region is complete. */
    List<ProducerRecord<byte[], byte[]>> rest() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        held.values().forEach(kept -> kept.forEach(one -> records.add(record(one.reading()))));
        held.clear();
        return records;
    }

    /**
     * The load in W of each hour, named {@code region/valid_time}, that has to be known to the watt in the end: no reading of it was lost,
     * and an hour has closed after all of it was sent.
     *
     * @param newest the valid time of each region's newest reading
     */
    Map<String, Long> watts(Map<String, Instant> newest) {
        Map<String, Long> known = new HashMap<>(watts);
        newest.forEach((region, validTime) -> {
            for (int back = 0; back <= MOST_HOURS_LATE + 1; back++) {
                known.remove(hour(region, validTime.minus(back, ChronoUnit.HOURS)));
            }
        });
        return known;
    }

    /** The reason for which each record of poison has to be refused, by its header. */
    Map<String, String> poison() {
        return Map.copyOf(poison);
    }

    @Override
    public String toString() {
        return "meter readings " + kinds + ", poison " + poisonKinds;
    }

    private void count(String kind) {
        kinds.merge(kind, 1, Integer::sum);
    }

    private static String hour(String region, Instant validTime) {
        return region + "/" + validTime;
    }

    private ProducerRecord<byte[], byte[]> poison(MeterReading reading) {
        MeterPoison kind = MeterPoison.values()[random.nextInt(MeterPoison.values().length)];
        String id = kind + "-" + poison.size();
        poison.put(id, kind.reason());
        poisonKinds.merge(kind, 1, Integer::sum);
        RecordHeader header = new RecordHeader(POISON_HEADER, id.getBytes(UTF_8));
        return record(reading, kind.value(source(reading), random), List.of(header));
    }

    private ProducerRecord<byte[], byte[]> record(MeterReading reading) {
        count("sent");
        return record(reading, source(reading).json().getBytes(UTF_8), List.of());
    }

    private static MeterPoison.Source source(MeterReading reading) {
        return new MeterPoison.Source(
                reading.region().name(),
                reading.meter().name(),
                reading.interval().start().toString(),
                reading.interval().minutes(),
                BigDecimal.valueOf(reading.energyMilliwattHours(), KWH_DECIMALS).toPlainString());
    }

    /** The key is the region: its meters share a partition, and so their order is that of the topic in every run. */
    private ProducerRecord<byte[], byte[]> record(MeterReading reading, byte @Nullable [] value, List<Header> headers) {
        return new ProducerRecord<>(
                topic,
                null,
                reading.interval().start().toEpochMilli(),
                reading.region().name().getBytes(UTF_8),
                value,
                headers);
    }
}
