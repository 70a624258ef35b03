package io.loadcast.feed;

import io.loadcast.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes readings to a topic, in their order and at a chosen speed.
 *
 * <p>The producer is idempotent and waits for all in-sync replicas, so an outage shorter than its delivery timeout (two minutes by
 * default) neither loses nor reorders readings. It may repeat the batch that was under way: brokers forget a producer whose newest
 * record timestamp is older than {@code producer.id.expiration.ms} (a day), as replayed history is, and then take what is sent
 * again for new. A repetition has the {@code ce_id} of the first. One thread publishes; any other may {@link #stop} it. Publishes
 * once; whoever created it closes it.
 */
public final class ReadingsPublisher implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final FeedRecords records;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    ReadingsPublisher(Producer<byte[], byte[]> producer, String topic, String source) {
        this(producer, topic, new ReadingRecords(topic, source));
    }

    private ReadingsPublisher(Producer<byte[], byte[]> producer, String topic, FeedRecords records) {
        this.producer = producer;
        this.topic = topic;
        this.records = records;
    }

    /**
     * Connects to the brokers and makes sure that the topic is there.
     *
     * @param kafka Kafka client properties, at least {@code bootstrap.servers}; they win over the defaults set here
     * @param source CloudEvents source of the records, a URI reference such as {@code /loadcast/feed/csv}
     * @throws FeedException if no broker answers, the topic does not exist, or a property is not valid
     */
    public static ReadingsPublisher connect(Map<String, String> kafka, String topic, String source) {
        return connect(kafka, topic, new ReadingRecords(topic, source));
    }

    /**
     * The same for a topic of meter readings: each reading is sent as those of the meters that it is the sum of.
     *
     * @throws FeedException as {@link #connect(Map, String, String)} does
     */
    public static ReadingsPublisher connect(Map<String, String> kafka, String topic, String source, MeterFleet fleet) {
        return connect(kafka, topic, new MeterReadingRecords(topic, source, fleet));
    }

    private static ReadingsPublisher connect(Map<String, String> kafka, String topic, FeedRecords records) {
        FeedSettings settings = new FeedSettings(kafka);
        TopicCheck.requireTopic(settings, topic);
        try {
            return new ReadingsPublisher(
                    new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
                    topic,
                    records);
        } catch (KafkaException e) {
            throw new FeedException(
                    "no producer for topic " + topic + ": " + rootMessage(e) + "; check the Kafka properties", e);
        }
    }

    /**
     * Publishes until the source runs dry or {@link #stop} is called, then waits for the brokers to acknowledge everything.
     *
     * @param readings in time order
     * @throws FeedException if a reading could not be sent; those before it in its partition are there; or if the
     *     thread is interrupted
     */
    public FeedSummary publish(Iterable<Reading> readings, Speed speed, FeedProgress progress) {
        Pace pace = new Pace(speed, stop);
        long count = 0;
        long recordCount = 0;
        Instant first = null;
        Instant last = null;
        try {
            for (Reading reading : readings) {
                if (!reading.validTime().equals(last)) {
                    progress.at(reading.validTime(), count);
                    if (!pace.awaitNextHour()) {
                        break;
                    }
                    first = first == null ? reading.validTime() : first;
                    last = reading.validTime();
                }
                for (ProducerRecord<byte[], byte[]> record : records.of(reading)) {
                    send(record);
                    recordCount++;
                }
                count++;
            }
            producer.flush();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new FeedException("interrupted before topic " + topic + " had acknowledged all readings", e);
        }
        throwIfFailed();
        return new FeedSummary(count, recordCount, first, last, pace.elapsed(), stop.getCount() == 0);
    }

    /** Makes {@link #publish} return soon, before its next hour; does not wait for it. From any thread, also more than once. */
    public void stop() {
        stop.countDown();
    }

    @Override
    public void close() {
        stop();
        producer.close(CLOSE_TIMEOUT);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells what the future would
    private void send(ProducerRecord<byte[], byte[]> record) {
        throwIfFailed();
        try {
            producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            throwIfFailed();
        }
    }

    private void throwIfFailed() {
        Exception e = failure.get();
        if (e != null) {
            throw new FeedException(
                    "a reading could not be sent to topic " + topic + ": " + rootMessage(e)
                            + "; see to the brokers, then run the feed again (readings already there are recognised)",
                    e);
        }
    }

    static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
