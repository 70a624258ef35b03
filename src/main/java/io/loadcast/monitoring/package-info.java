/**
 * What tells an operator how a running loadcast does: metrics for Prometheus, and the probes of an orchestrator. It looks on; nothing that
 * forecasts waits for it or depends on it.
 */
@NullMarked
package io.loadcast.monitoring;

import org.jspecify.annotations.NullMarked;
