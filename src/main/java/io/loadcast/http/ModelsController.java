package io.loadcast.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The models that are served. */
@Controller("/api/v1/models")
@Tag(name = "models")
final class ModelsController {
    private final ModelSource source;

    ModelsController(ModelSource source) {
        this.source = source;
    }

    /**
     * The models in force, and what they run on.
     *
     * @return what their files say of themselves
     */
    @Get
    ModelList models() {
        return source.served();
    }
}
