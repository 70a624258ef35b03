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
     * The model in force, and what it runs on.
     *
     * @return what its file says of itself
     */
    @Get
    ServedModels models() {
        return source.served();
    }
}
