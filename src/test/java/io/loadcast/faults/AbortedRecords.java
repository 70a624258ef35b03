package io.loadcast.faults;

import io.loadcast.app.CommittedRecords;
import java.util.concurrent.atomic.AtomicLong;

/** What was written and never became visible: proof that faults hit transactions that were open. */
final class AbortedRecords {
    private AbortedRecords() {}

    static long count(String bootstrapServers, String topic) {
        AtomicLong written = new AtomicLong();
        AtomicLong committed = new AtomicLong();
        CommittedRecords.forEachWritten(bootstrapServers, topic, record -> written.incrementAndGet());
        CommittedRecords.forEach(bootstrapServers, topic, record -> committed.incrementAndGet());
        return written.get() - committed.get();
    }
}
