package io.loadcast.training;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.onnxgraph.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A short name of the data of a run: other regions, zones, holidays, hours or loads have another. */
final class DataFingerprint {
    private static final int LENGTH = 16;

    private DataFingerprint() {}

    static String of(List<HourlySeries> series) {
        String lines = series.stream().map(DataFingerprint::line).collect(Collectors.joining("\n"));
        return Sha256.hex(lines.getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
    }

    private static String line(HourlySeries series) {
        ByteBuffer loads = ByteBuffer.allocate(Math.multiplyExact(series.hours(), Float.BYTES));
        loads.asFloatBuffer().put(series.loadMw());
        return String.join(
                " ",
                series.region().name(),
                series.zone().getId(),
                series.civilCalendar().holidays().code(),
                Long.toString(series.firstEpochHour()),
                Sha256.hex(loads.array()));
    }
}
