package io.loadcast.faults;

import io.loadcast.Contract;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Follows a forecasts topic as a subscriber does, and says which model made the newest. Thread-safe; whoever made it closes it. */
final class NewestModel implements AutoCloseable {
    private final FollowedForecasts forecasts;
    private volatile long count;
    private volatile String sha256 = "";

    NewestModel(String bootstrapServers, String topic) {
        this.forecasts = new FollowedForecasts(bootstrapServers, topic, this::take);
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        ConsumerRecord<byte[], byte[]> last = null;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            last = record;
            count++; // written by one thread only
        }
        if (last != null) {
            sha256 = Contract.json(last.value()).at("/model/sha256").asText();
        }
    }

    long count() {
        return count;
    }

    /** Checksum of the model that made the forecast read last; empty before the first. */
    String sha256() {
        return sha256;
    }

    @Override
    public void close() {
        forecasts.close();
    }
}
