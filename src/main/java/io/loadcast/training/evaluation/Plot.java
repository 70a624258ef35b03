package io.loadcast.training.evaluation;

/**
 * One picture of a report.
 *
 * @param fileName of its PNG file
 * @param caption what it shows, for people
 * @param png the picture
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Plot(String fileName, String caption, byte[] png) {}
