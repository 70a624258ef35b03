package io.loadcast.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;

/** The routes of the {@link ApiDocument}. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "loadcast",
                        version = "1",
                        description =
                                "Electricity loads, their forecasts, and how good these have been. Times are UTC and end in Z,"
                                        + " loads are MW, lead times hours. Every error is a problem by RFC 9457.",
                        license = @License(name = "Apache-2.0")))
@Controller("/api/v1")
final class ApiDescription {
    /** In YAML. */
    @Get("/openapi.yaml")
    @Hidden
    HttpResponse<String> yaml() {
        return HttpResponse.ok(ApiDocument.yaml()).contentType(MediaType.of("application/yaml"));
    }

    /** In JSON. */
    @Get("/openapi.json")
    @Hidden
    HttpResponse<String> json() throws JsonProcessingException {
        return HttpResponse.ok(new ObjectMapper().writeValueAsString(ApiDocument.tree()))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
