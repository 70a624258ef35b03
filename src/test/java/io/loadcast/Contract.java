package io.loadcast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One JSON Schema of {@code schemas/}, which documents are held against. */
public final class Contract {
    public static final Path DIRECTORY = Path.of("schemas");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode schema;
    private final JsonSchema validator;

    private Contract(JsonNode schema) {
        this.schema = schema;
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        this.validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema, config);
    }

    /** @param name as in {@code reading}, for {@code schemas/reading.schema.json} */
    public static Contract of(String name) {
        try {
            return new Contract(JSON.readTree(Files.readString(DIRECTORY.resolve(name + ".schema.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(byte[] document) {
        try {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode schema() {
        return schema;
    }

    /** What the document breaks; nothing if it keeps the contract. */
    public Set<ValidationMessage> violations(JsonNode document) {
        return validator.validate(document);
    }

    /** Fields of the document that the contract does not describe. */
    public List<String> undescribed(JsonNode document) {
        List<String> names = new ArrayList<>();
        document.fieldNames().forEachRemaining(names::add);
        schema.path("properties").fieldNames().forEachRemaining(names::remove);
        return names;
    }
}
