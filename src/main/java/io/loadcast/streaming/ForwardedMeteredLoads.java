package io.loadcast.streaming;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.metering.MeteredLoad;
import io.loadcast.metering.MeteringOutputs;
import java.math.BigDecimal;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards hours summed over meters to the readings topic, as ordinary readings, and counts them. Used on the stream thread. */
final class ForwardedMeteredLoads implements MeteringOutputs {
    private static final int MEGAWATT_DECIMALS = 6;

    private final ProcessorContext<byte[], byte[]> context;
    private final Counters counters;

    ForwardedMeteredLoads(ProcessorContext<byte[], byte[]> context, Counters counters) {
        this.context = context;
        this.counters = counters;
    }

    @Override
    public void publish(MeteredLoad load) {
        String validTime = OutputJson.time(load.hour());
        String id = load.region() + "/" + validTime + "/metered/" + load.revision();
        Headers headers = CloudEvent.headers("io.loadcast.reading.v1", id, validTime);
        context.forward(
                new Record<>(
                        CloudEvent.utf8(load.region().name()),
                        OutputJson.meteredLoad(load, BigDecimal.valueOf(load.watts(), MEGAWATT_DECIMALS)),
                        EpochHour.start(load.hour()).toEpochMilli(),
                        headers),
                MeteringTopology.READINGS_SINK);
        if (load.revision() > 0) {
            counters.meteredHour("revised");
        } else {
            counters.meteredHour(load.complete() ? "complete" : "scaled");
        }
    }

    @Override
    public void awaited(Region region, long hour) {
        counters.meteredHour("awaited");
    }

    @Override
    public void abandoned(Region region, long hour) {
        counters.meteredHour("abandoned");
    }

    @Override
    public void learned() {
        counters.meterLearned();
    }

    @Override
    public void forgotten() {
        counters.meterForgotten();
    }
}
