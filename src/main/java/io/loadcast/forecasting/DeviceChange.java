package io.loadcast.forecasting;

/**
 * An engine's device was lost, or is back.
 *
 * @param incident names the loss; that the device is back bears the name of the loss which it ends
 * @param isLost whether it was lost
 * @param device which: {@code cuda:0}
 * @param inUse what the engine runs on from now on
 * @param reason why the device was lost, also once it is back
 */
public record DeviceChange(String incident, boolean isLost, String device, String inUse, String reason) {}
