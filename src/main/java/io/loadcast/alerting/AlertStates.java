package io.loadcast.alerting;

import io.loadcast.domain.Region;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where the packed states of a task's rules are kept. Used on the thread of its task. */
public interface AlertStates {

    /** @param packed not to be changed any more */
    void put(Region region, byte[] packed);

    /** All regions that were put, each with what was put last. */
    void forEach(BiConsumer<Region, byte[]> action);

    /** @param packed of what the rules remember of no region; not to be changed any more */
    void putPartition(byte[] packed);

    /** What was put last of no region; null if nothing was. */
    byte @Nullable [] partition();
}
