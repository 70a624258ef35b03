package io.loadcast.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a broker has used since it started.
 *
 * @param cpuNanos CPU time of the process
 * @param bytesIn bytes that clients wrote, as they lie in the log (compressed, with all record and batch headers), by topic
 */
record BrokerUsage(long cpuNanos, Map<String, Long> bytesIn) {
    private static final String BYTES_IN = "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=*";

    /** Of this process, now. */
    static BrokerUsage now() {
        long cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Map<String, Long> bytes = new TreeMap<>();
        try {
            for (ObjectName name : beans.queryNames(new ObjectName(BYTES_IN), null)) {
                Number count = (Number) beans.getAttribute(name, "Count");
                bytes.put(name.getKeyProperty("topic"), count.longValue());
            }
        } catch (JMException e) {
            throw new IllegalStateException("the broker does not tell its metrics: " + e.getMessage(), e);
        }
        return new BrokerUsage(cpu, bytes);
    }
}
