package io.loadcast.streaming;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an output that a broker refuses: nothing is skipped, as by default, and of one that is too large for its topic it is
 * said which, and what to do. Kafka Streams makes one for each stream thread; its producer's thread calls it.
 */
public final class RefusedOutputs extends DefaultProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedOutputs.class);

    private boolean said;

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RecordTooLargeException && !said) {
            said = true; // more records of the same batch follow
            LOG.error(
                    "topic {} refuses a record of {} bytes as too large; raise max.message.bytes of the topic"
                            + " (kafka-configs.sh --alter --topic {} --add-config max.message.bytes=…), and start again:"
                            + " nothing is lost",
                    record.topic(),
                    bytes(record),
                    record.topic());
        }
        return super.handleError(context, record, exception);
    }

    private static int bytes(ProducerRecord<byte[], byte[]> record) {
        int key = record.key() == null ? 0 : record.key().length;
        return key + (record.value() == null ? 0 : record.value().length);
    }
}
