package io.loadcast.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Lets some {@code forward}s out of wall-clock punctuators fail with Kafka's {@link TimeoutException}, as if the producer had no room,
 * in the middle of a flush: some records are sent, others are not. A topology of Kafka Streams gives it around every processor.
 */
public final class TimeoutsInPunctuators implements ProcessorWrapper {
    static final String UNWRAP = "micronaut.faults.unwrap";

    /** To the application's output, each time. */
    static final String SAID = "timeout injected";

    private static final int EVERY = 120;
    private static final int MOST = 3;

    private final AtomicInteger forwards = new AtomicInteger();
    private boolean unwrap;

    @Override
    public void configure(Map<String, ?> settings) {
        unwrap = Boolean.parseBoolean(String.valueOf(settings.get(UNWRAP)));
    }

    @Override
    public <K, V, K2, V2> WrappedProcessorSupplier<K, V, K2, V2> wrapProcessorSupplier(
            String name, ProcessorSupplier<K, V, K2, V2> supplier) {
        return ProcessorWrapper.asWrapped(new ProcessorSupplier<>() {
            @Override
            public Processor<K, V, K2, V2> get() {
                return new Wrapped<>(supplier.get());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        });
    }

    @Override
    public <K, V, V2> WrappedFixedKeyProcessorSupplier<K, V, V2> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<K, V, V2> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private final class Wrapped<K, V, K2, V2> implements Processor<K, V, K2, V2> {
        private final Processor<K, V, K2, V2> processor;
        private boolean punctuating;

        Wrapped(Processor<K, V, K2, V2> processor) {
            this.processor = processor;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void init(ProcessorContext<K2, V2> context) {
            processor.init((ProcessorContext<K2, V2>) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ProcessorContext.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("schedule")) {
                            return context.schedule(
                                    (Duration) arguments[0], (PunctuationType) arguments[1], punctuator((Punctuator)
                                            arguments[2]));
                        }
                        if (method.getName().equals("forward") && punctuating) {
                            failSometimes();
                        }
                        try {
                            return method.invoke(context, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        private Punctuator punctuator(Punctuator punctuator) {
            return now -> {
                punctuating = true;
                try {
                    punctuator.punctuate(now);
                } catch (StreamsException e) {
                    if (unwrap && e.getCause() instanceof TimeoutException timeout) {
                        throw timeout;
                    }
                    throw e;
                } finally {
                    punctuating = false;
                }
            };
        }

        private void failSometimes() {
            int forward = forwards.incrementAndGet();
            if (forward % EVERY == 0 && forward <= EVERY * MOST) {
                System.out.println(SAID);
                throw new TimeoutException("injected: no room for a record");
            }
        }

        @Override
        public void process(Record<K, V> record) {
            processor.process(record);
        }

        @Override
        public void close() {
            processor.close();
        }
    }
}
