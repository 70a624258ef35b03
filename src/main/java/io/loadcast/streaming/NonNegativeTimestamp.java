package io.loadcast.streaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes the record's own timestamp, or 0 where a producer wrote a negative one: such a record must reach validation, not stop
 * the thread. Nothing is computed from it; event time is the reading's valid time.
 */
public final class NonNegativeTimestamp implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
