package io.loadcast.feed;

import io.loadcast.domain.Reading;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The form in which a reading is fed: as the record that it is, or as those of the meters that it is the sum of. */
@FunctionalInterface
public interface FeedRecords {
    /** In the order in which they are to be sent; always the same for the same reading. */
    List<ProducerRecord<byte[], byte[]>> of(Reading reading);
}
