package io.loadcast.faults;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Lets RocksDB write to its files every few kilobytes, as it would with as many regions: so a fault of the disk is met in seconds. */
public final class SmallMemtables implements RocksDBConfigSetter {
    /** The setting that names it. */
    static final String SETTING = "kafka.streams.default.rocksdb.config.setter";

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        options.setWriteBufferSize(65_536);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String store, Options options) {
        // nothing of its own
    }
}
