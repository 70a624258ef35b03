package io.loadcast.cli;

public final class Loadcast {
    private Loadcast() {}

    public static void main(String[] args) {
        System.out.println("loadcast");
    }
}
