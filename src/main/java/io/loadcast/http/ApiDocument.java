package io.loadcast.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The description of all routes in OpenAPI: what the build has made of the code, completed by what it cannot tell from that. It takes
 * bodies for base64, knows no errors, and describes Jackson's classes where JSON is passed on as it is. Schemas that nothing refers to
 * afterwards are left out.
 */
public final class ApiDocument {
    private static final String GENERATED = "/META-INF/swagger/openapi.yml";
    private static final String COMPLETION = "/openapi/completion.yml";
    private static final String REF = "$ref";
    private static final String NAME = "name";
    private static final String SCHEMAS = "schemas";
    private static final Set<String> REPLACING = Set.of(REF, "type", "allOf", "oneOf");

    private ApiDocument() {}

    /**
     * As a new tree of maps, lists and values.
     *
     * @throws IllegalStateException if a part is not in this build
     */
    public static Map<String, Object> tree() {
        Map<String, Object> document = read(GENERATED);
        merge(document, read(COMPLETION));
        map(document, "paths")
                .values()
                .forEach(path -> object(path)
                        .values()
                        .forEach(operation -> map(object(operation), "responses")
                                .put("default", new LinkedHashMap<>(Map.of(REF, "#/components/responses/Problem")))));
        keepReferenced(document);
        return document;
    }

    /** @throws IllegalStateException if a part is not in this build */
    public static String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(tree());
    }

    private static void merge(Map<String, Object> into, Map<String, Object> completion) {
        completion.forEach((key, value) -> {
            Object before = into.get(key);
            if (before instanceof Map<?, ?> && value instanceof Map<?, ?> && !replaces(object(value))) {
                merge(object(before), object(value));
            } else if (before instanceof List<?> list && value instanceof List<?> values && key.equals("parameters")) {
                into.put(key, mergedByName(list, values));
            } else {
                into.put(key, value);
            }
        });
    }

    private static boolean replaces(Map<String, Object> schema) {
        return REPLACING.stream().anyMatch(schema::containsKey);
    }

    private static List<Object> mergedByName(List<?> parameters, List<?> completions) {
        List<Object> merged = new ArrayList<>(parameters);
        for (Object completion : completions) {
            Object name = object(completion).get(NAME);
            Object before = merged.stream()
                    .filter(parameter -> Objects.equals(object(parameter).get(NAME), name))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException(COMPLETION + " has the parameter " + name + ", no route has"));
            merge(object(before), object(completion));
        }
        return merged;
    }

    private static void keepReferenced(Map<String, Object> document) {
        Map<String, Object> components = map(document, "components");
        Map<String, Object> schemas = map(components, SCHEMAS);
        Set<String> referenced = new HashSet<>();
        collect(document.get("paths"), schemas, referenced);
        collect(components.get("responses"), schemas, referenced);
        schemas.keySet().retainAll(referenced);
    }

    private static void collect(@Nullable Object node, Map<String, Object> schemas, Set<String> referenced) {
        if (node instanceof Map<?, ?> map) {
            map.values().forEach(value -> collect(value, schemas, referenced));
            if (map.get(REF) instanceof String ref) {
                String name = ref.substring(ref.lastIndexOf('/') + 1);
                Object schema = schemas.get(name);
                if (schema != null && referenced.add(name)) {
                    collect(schema, schemas, referenced);
                }
            }
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, schemas, referenced));
        }
    }

    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return object(parent.get(key));
    }

    @SuppressWarnings("unchecked") // keys of OpenAPI are text
    private static Map<String, Object> object(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    private static Map<String, Object> read(String resource) {
        try (InputStream in = ApiDocument.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in this build; compile it with its processors");
            }
            return new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
