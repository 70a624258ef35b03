package io.loadcast.models;

import io.loadcast.forecasting.Promotion;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Who else hears of a promotion in all regions. Called on the thread that promotes. */
public interface PromotionReport {

    /** What is written beside the assignment, in its transaction. */
    List<ProducerRecord<byte[], byte[]>> records(Promotion promotion, boolean isRollback);

    /** The transaction was committed. */
    void committed(Promotion promotion, boolean isRollback);
}
