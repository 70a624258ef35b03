package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever changes models beside somebody else is told so, however the client says it. */
class ModelTopicWriterTest {
    static Stream<Exception> fenced() {
        InvalidProducerEpochException epoch =
                new InvalidProducerEpochException("Producer attempted to produce with an old epoch.");
        ProducerFencedException fenced = new ProducerFencedException("There is a newer producer");
        return Stream.of(
                epoch,
                fenced,
                new ExecutionException(epoch),
                new ExecutionException(new KafkaException("the batch was dropped", fenced)),
                new KafkaException("Cannot execute transactional method because we are in an error state", epoch));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fenced")
    void aWriterThatWasFencedIsToldToRunItAgain(Exception e) {
        // then
        assertThat(ModelTopicWriter.failed("models", "broker:9092", e))
                .hasMessage(
                        "another change of the models was made at the same time; nothing was changed here, run it again");
    }

    @Test
    void allElseIsToldAsItIs() {
        // then
        assertThat(ModelTopicWriter.failed(
                        "models", "broker:9092", new ExecutionException(new TimeoutException("15 s"))))
                .hasMessageContaining("no Kafka broker answered at broker:9092");
        assertThat(ModelTopicWriter.failed(
                        "models",
                        "broker:9092",
                        new ExecutionException(new TopicAuthorizationException("Not authorized"))))
                .hasMessage("cannot change topic models at broker:9092: Not authorized");
    }
}
