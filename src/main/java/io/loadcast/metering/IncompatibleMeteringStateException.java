package io.loadcast.metering;

/** A stored state of meters that another version of loadcast has written. */
public final class IncompatibleMeteringStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleMeteringStateException(String message) {
        super(message);
    }

    static void requireFormat(byte format, byte[] packed) {
        if (packed.length == 0 || packed[0] != format) {
            throw new IncompatibleMeteringStateException(
                    "the stored state of meters has format "
                            + (packed.length == 0 ? "none" : Byte.toString(packed[0])) + ", this program reads "
                            + format
                            + "; run the version that wrote it, or start with another application id and feed the kept hours again");
        }
    }
}
