package io.loadcast.faults;

import org.junit.jupiter.api.Test;

/**
 * Models are switched under load, in short: what comes out. {@link ModelSwitchesLongIT} goes on for 200 switches and looks at the memory
 * too, which settles only after tens of them.
 */
class ModelSwitchesIT {
    @Test
    void nothingIsMissedOrMixedUpOver20Switches() {
        ModelSwitchesLongIT.switchModels("model-switches", 20, 10, Long.MAX_VALUE);
    }
}
