package io.loadcast.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an application has used since it started.
 *
 * @param cpuNanos CPU time of the process
 * @param inferenceCpuNanos of it, within the engine
 * @param modelRuns calls of the engine
 * @param modelWindows windows in all calls
 * @param batchCapacity windows that a batch has room for; 0 before the first call
 * @param cpuNanosByThreads the process's CPU time by kind of thread; the sum of all is {@code cpuNanos}
 * @param allocatedBytes of heap by the stream threads that live
 * @param peakRssBytes the most resident memory that it had; null where the system does not say
 */
record ServingUsage(
        long cpuNanos,
        long inferenceCpuNanos,
        long modelRuns,
        long modelWindows,
        int batchCapacity,
        Map<String, Long> cpuNanosByThreads,
        long allocatedBytes,
        @Nullable Long peakRssBytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    static final String STREAM_THREADS = "stream_threads";
    static final String PRODUCERS = "producer_threads";
    static final String OTHER_JAVA = "other_java_threads";

    /** What is no Java thread: garbage collection, JIT compilation, RocksDB's flushes and compactions. */
    static final String NATIVE = "jit_gc_native";

    /** Of this process, now. */
    static ServingUsage now(InferenceClock inference) {
        long cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        Map<String, Long> byThreads = new TreeMap<>();
        long allocated = 0;
        long ofJava = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread == null) {
                continue; // it has ended meanwhile
            }
            long nanos = Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            String kind = kindOf(thread.getThreadName());
            byThreads.merge(kind, nanos, Long::sum);
            ofJava += nanos;
            if (kind.equals(STREAM_THREADS)) {
                allocated += THREADS.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        byThreads.put(NATIVE, cpu - ofJava);
        return new ServingUsage(
                cpu,
                inference.cpuNanos(),
                inference.runs(),
                inference.windows(),
                inference.batchCapacity(),
                byThreads,
                allocated,
                peakRss());
    }

    private static String kindOf(String threadName) {
        if (threadName.startsWith("kafka-producer-network-thread")) {
            return PRODUCERS;
        }
        return threadName.matches(".*-StreamThread-\\d+") ? STREAM_THREADS : OTHER_JAVA;
    }

    private static @Nullable Long peakRss() {
        if (!Files.isReadable(STATUS)) {
            return null;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .map(line -> Long.parseLong(line.substring(PEAK.length())
                                    .replace("kB", "")
                                    .strip())
                            * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
