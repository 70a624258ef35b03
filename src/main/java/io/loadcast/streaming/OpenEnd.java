package io.loadcast.streaming;

/**
 * The end of a partition: between the two offsets lies what belongs to a transaction that is open, or came after one that is.
 *
 * @param stable the last stable offset: readers of committed records come so far
 * @param end the offset of the next record
 */
public record OpenEnd(long stable, long end) {

    public boolean isOpen() {
        return stable < end;
    }
}
