package io.loadcast.dataset;

/**
 * The file that a series was read from, so that what is made of the series can say so.
 *
 * @param name of the file, without its directory
 * @param sha256 of its bytes, in hex
 * @param rows below its header
 */
public record DataFile(String name, String sha256, int rows) {}
