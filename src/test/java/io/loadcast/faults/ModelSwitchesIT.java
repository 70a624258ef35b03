package io.loadcast.faults;

import org.junit.jupiter.api.Test;

/** Models are switched under load, in short; {@link ModelSwitchesLongIT} goes on for 200 switches. */
class ModelSwitchesIT {
    @Test
    void nothingIsMissedOrMixedUpOver20Switches() {
        ModelSwitchesLongIT.switchModels("model-switches", 20, 10);
    }
}
