package io.loadcast.app;

import io.micronaut.context.env.PropertiesPropertySourceLoader;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourceReader;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's file of settings, in YAML or as properties. It comes before {@code application.yml}, and after options. */
final class ConfigurationFile {
    private static final int BEFORE_APPLICATION_YML = YamlPropertySourceLoader.DEFAULT_POSITION + 50;

    private ConfigurationFile() {}

    /** @throws IllegalArgumentException if it cannot be read, or is not what its name says */
    static PropertySource read(Path file) {
        String name = file.toString();
        PropertySourceReader reader =
                name.endsWith(".properties") ? new PropertiesPropertySourceLoader() : new YamlPropertySourceLoader();
        try (InputStream input = Files.newInputStream(file)) {
            return PropertySource.of(name, reader.read(name, input), BEFORE_APPLICATION_YML);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "configuration file " + name + " cannot be read; check the path and its permissions", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "configuration file " + name + " is not well-formed: " + firstLine(e)
                            + "; write YAML, or name it *.properties",
                    e);
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
