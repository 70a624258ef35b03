package io.loadcast.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The two places of a model that is published, which are easily taken for one another: a file here, and a URI for all instances. */
final class ModelPlaces {
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");

    private ModelPlaces() {}

    /** Where a model file can be fetched from. */
    static final class ToUri implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI uri = new URI(text);
                if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is no URI of http, https or file, such as"
                    + " https://models.example/new.onnx; to put a file into the topic, give the file and no --uri");
        }
    }

    /** A model file on this machine. */
    static final class ToFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (SCHEMES.stream().anyMatch(scheme -> lower.startsWith(scheme + ":/"))) {
                throw new TypeConversionException("'" + text + "' is a URI, and a file is wanted, to be checked before"
                        + " it is published; fetch it, and give FILE --uri " + text);
            }
            return Path.of(text);
        }
    }
}
