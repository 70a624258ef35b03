package io.loadcast.view;

import org.jspecify.annotations.Nullable;

/** Hears of what is new in a view, on the view's thread: it must return at once. */
public interface ViewListener {
    /** Hears nothing. */
    ViewListener NONE = new ViewListener() {
        @Override
        public void happened(EventKind kind, @Nullable String region, byte[] json) {}

        @Override
        public void readAnew() {}
    };

    /**
     * A record was taken that was not there when the view began.
     *
     * @param region whose it is; null if no region's, or not known
     * @param json what happened, as JSON
     */
    void happened(EventKind kind, @Nullable String region, byte[] json);

    /** Much was taken at once: whoever has looked at the view has to look again. */
    void readAnew();
}
