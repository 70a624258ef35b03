package io.loadcast.streaming;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A processor that is given only the records of a {@link ReadingScope}. The others count as processed, so that their offsets are
 * committed. Used on the stream thread.
 */
final class ScopedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final ReadingScope scope;
    private final Processor<byte[], byte[], byte[], byte[]> processor;

    // Set by init, which Kafka Streams calls before the first record.
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    ScopedProcessor(ReadingScope scope, Processor<byte[], byte[], byte[], byte[]> processor) {
        this.scope = scope;
        this.processor = processor;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        processor.init(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata().orElseThrow();
        if (scope.takes(source.partition(), source.offset(), record.key(), record.value())) {
            processor.process(record);
        }
    }

    @Override
    public void close() {
        processor.close();
    }
}
