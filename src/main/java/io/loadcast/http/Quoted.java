package io.loadcast.http;

/** A value of a request as a message may show it: shortened, and without control characters. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String of(String value) {
        String head = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
        return "'" + head.replaceAll("\\p{Cntrl}", "�") + "'";
    }
}
