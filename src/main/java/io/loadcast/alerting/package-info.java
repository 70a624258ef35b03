/**
 * The use case beside forecasting: it watches what comes in and what comes out, and tells what somebody should know of. Each rule looks at
 * one kind of event, so that what it tells does not depend on when hours are flushed. Plain Java: it sees {@code forecasting} and
 * {@code domain}. The port {@link io.loadcast.alerting.AlertStates}.
 */
@NullMarked
package io.loadcast.alerting;

import org.jspecify.annotations.NullMarked;
