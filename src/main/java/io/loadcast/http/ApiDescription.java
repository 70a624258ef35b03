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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of all routes in OpenAPI, as the build has made it of them. */
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
    private static final String RESOURCE = "/META-INF/swagger/openapi.yml";

    /** In YAML. */
    @Get("/openapi.yaml")
    @Hidden
    HttpResponse<String> yaml() {
        return HttpResponse.ok(text()).contentType(MediaType.of("application/yaml"));
    }

    /** In JSON. */
    @Get("/openapi.json")
    @Hidden
    HttpResponse<String> json() throws JsonProcessingException {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text());
        return HttpResponse.ok(new ObjectMapper().writeValueAsString(tree))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static String text() {
        try (InputStream resource = ApiDescription.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in this build; compile it with its processors");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
