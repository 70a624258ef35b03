package io.loadcast.monitoring;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** How the program does, for orchestrators: 200 if well, else 503. */
@Controller("/health")
@Tag(name = "health")
final class HealthController {
    private final ProgramStatus.Source source;

    HealthController(ProgramStatus.Source source) {
        this.source = source;
    }

    /**
     * Whether the program can still get on by itself; if not, only a restart helps.
     *
     * @return the answer and why
     */
    @Get("/liveness")
    HttpResponse<Map<String, Object>> liveness() {
        return answer(Health::liveness);
    }

    /**
     * Whether the instance does its share now: topology running, model loaded, topics there.
     *
     * @return the answer and why
     */
    @Get("/readiness")
    HttpResponse<Map<String, Object>> readiness() {
        return answer(Health::readiness);
    }

    /**
     * Whether the start, with the restore of the state, is over.
     *
     * @return the answer, why, and how far the restore is
     */
    @Get("/startup")
    HttpResponse<Map<String, Object>> startup() {
        return answer(Health::startup);
    }

    private HttpResponse<Map<String, Object>> answer(Function<ProgramStatus, Health> rule) {
        ProgramStatus status = source.now();
        Health health = rule.apply(status);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", health.isUp() ? "UP" : "DOWN");
        body.put("reasons", health.reasons());
        body.put("topology", status.streams().name().toLowerCase(Locale.ROOT));
        status.model().ifPresent(model -> body.put("model", model));
        status.models().ifPresent(look -> body.put("models_topic", following(look)));
        status.view().ifPresent(look -> body.put("view", following(look)));
        RestoreProgress.Snapshot restore = status.restore();
        body.put(
                "restore",
                Map.of(
                        "stores_restoring", restore.storesRestoring(),
                        "stores_restored", restore.storesRestored(),
                        "records_restored", restore.recordsRestored(),
                        "records_expected", restore.recordsTotal(),
                        "seconds", restore.seconds()));
        return HttpResponse.<Map<String, Object>>status(health.isUp() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .header("Cache-Control", "no-store")
                .body(body);
    }

    /** The models in force go on where it cannot be followed, so no probe fails by it. */
    private static Map<String, Object> following(ModelsLook look) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("followed", look.failure().isEmpty());
        said.put("seconds_since_read", look.secondsSince(Instant.now()));
        look.failure().ifPresent(failure -> said.put("failure", failure));
        return said;
    }

    /** The topology rides an outage out, and another instance's view stands still in it too, so no probe fails by it. */
    private static Map<String, Object> following(ViewLook look) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("state", look.failure().isEmpty() ? "following" : "failing");
        said.put("since", look.since());
        look.failure().ifPresent(failure -> said.put("failure", failure));
        return said;
    }
}
