package io.loadcast.feed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks for a topic before anything is sent to it: a producer would wait a minute for a topic that is not there, and then not say
 * whether it was the topic or the brokers that were missing.
 */
final class TopicCheck {
    private static final int TIMEOUT_MILLIS = 10_000;

    private TopicCheck() {}

    /** @throws FeedException if no broker answers or the topic does not exist */
    static void requireTopic(FeedSettings settings, String topic) {
        String servers = settings.bootstrapServers();
        try (Admin admin = Admin.create(settings.admin())) {
            admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .allTopicNames()
                    .get();
        } catch (ExecutionException e) {
            throw new FeedException(explain(e.getCause() == null ? e : e.getCause(), servers, topic), e);
        } catch (KafkaException e) {
            throw new FeedException(explain(e, servers, topic), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedException("interrupted while asking " + servers + " for topic " + topic, e);
        }
    }

    private static String explain(Throwable e, String servers, String topic) {
        if (e instanceof UnknownTopicOrPartitionException) {
            return "topic " + topic + " does not exist on " + servers
                    + "; create it, or let 'loadcast serve' create it";
        }
        if (e instanceof TimeoutException) {
            return "no Kafka broker answered at " + servers + " within " + TIMEOUT_MILLIS / 1000
                    + " s; start one, or correct --bootstrap-servers";
        }
        return "cannot use topic " + topic + " on " + servers + ": " + ReadingsPublisher.rootMessage(e)
                + "; check the Kafka properties";
    }
}
