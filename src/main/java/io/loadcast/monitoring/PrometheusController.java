package io.loadcast.monitoring;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;

/** All metrics, as Prometheus asks for them. */
@Controller("/prometheus")
@Requires(beans = PrometheusMeterRegistry.class)
final class PrometheusController {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    PrometheusController(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** In OpenMetrics for who accepts that, as Prometheus does; else in Prometheus' older text. */
    @Get(produces = {"text/plain", "application/openmetrics-text"})
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Hidden
    HttpResponse<String> metrics(@Nullable @Header("Accept") String accept) {
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        return HttpResponse.ok(registry.scrape(type)).header("Content-Type", type);
    }
}
