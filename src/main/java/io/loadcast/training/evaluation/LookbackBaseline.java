package io.loadcast.training.evaluation;

import io.loadcast.domain.Baseline;

/** One of the {@linkplain Baseline baselines} that serving knows too: it needs no more than the lookback. */
record LookbackBaseline(Baseline baseline) implements BaselineForecast {
    @Override
    public String name() {
        return baseline.key();
    }

    @Override
    public float[] forecastMw(TestWindow window) {
        float[] forecastMw = new float[ProtocolEvaluation.HORIZON];
        for (int lead = 1; lead <= forecastMw.length; lead++) {
            forecastMw[lead - 1] = baseline.forecastMw(window.lookbackMw(), lead);
        }
        return forecastMw;
    }
}
