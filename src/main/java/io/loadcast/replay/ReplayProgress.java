package io.loadcast.replay;

/** Is told how far a replay has come. Called on the thread that runs it, which waits for it. */
public interface ReplayProgress {
    /** Something that whoever waits should know; a sentence. */
    void say(String sentence);

    /**
     * Called some times a second.
     *
     * @param done records that are processed, those of earlier runs included; what is passed over counts
     * @param total of all that there is to do
     */
    void at(long done, long total);
}
