package io.loadcast.streaming;

import java.util.List;

/**
 * The state that the tasks of one sub-topology keep, by what it is made from and where it lies.
 *
 * @param originStore the store that remembers its {@link StateOrigin}
 * @param source the topic that it is made from
 * @param stores whose changelogs keep it; the first has an entry as soon as there is any state, and one that a later version adds
 *     comes last
 * @param work what a task with such a state has done, for messages: "it has …"
 */
public record KeptState(String originStore, String source, List<String> stores, String work) {
    public KeptState {
        stores = List.copyOf(stores);
    }
}
