package io.loadcast.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.micronaut.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Takes the body of a request apart into single readings, each as the JSON that it would be on the topic. Thread-safe. */
final class ReadingBodies {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final List<String> COLUMNS = List.of("region", "valid_time", "load_mw");

    private ReadingBodies() {}

    /**
     * The elements of an array, or the one object.
     *
     * @throws ProblemException if it is no JSON
     */
    static List<byte[]> ofJson(byte[] body) {
        String text = utf8(body);
        try (JsonParser parser = JSON.createParser(text)) {
            List<byte[]> readings = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                readings.add(valueAt(parser, text));
            } else {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readings.add(valueAt(parser, text));
                }
            }
            if (parser.nextToken() != null) {
                throw malformed("something follows its end; send one JSON object or one array");
            }
            return readings;
        } catch (JsonProcessingException e) {
            throw malformed(
                    "it is not well-formed JSON: " + firstLine(e.getOriginalMessage()) + where(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be read", e);
        }
    }

    /** Below it the parser says where, in words of its own. */
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll(" ?[(\\[]?Source: .*", "");
    }

    /** What is nested too deeply has no place. */
    private static String where(@Nullable JsonLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** As it was sent, so that it is judged as it would be on the topic. */
    private static byte[] valueAt(JsonParser parser, String text) throws IOException {
        if (parser.currentToken() == null) {
            throw malformed("it is empty; send a JSON object or an array of them");
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.getText(); // scalars are read to their end only when asked for
        }
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(start, end).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The rows below the header.
     *
     * @throws ProblemException if it is no CSV, or has not the columns
     */
    static List<byte[]> ofCsv(byte[] body) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        List<byte[]> readings = new ArrayList<>();
        try (CSVParser rows = CSVParser.parse(new StringReader(utf8(body)), format)) {
            if (!rows.getHeaderNames().containsAll(COLUMNS)) {
                throw malformed("its header is " + Quoted.of(String.join(",", rows.getHeaderNames())) + "; send "
                        + String.join(",", COLUMNS) + " as the first line");
            }
            for (CSVRecord row : rows) {
                readings.add(json(row));
            }
            return readings;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw malformed("it is not well-formed CSV: " + e.getMessage());
        }
    }

    private static byte[] json(CSVRecord row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (String column : COLUMNS) {
                if (!row.isSet(column) || row.get(column).isEmpty()) {
                    continue; // missing, as its rejection will say
                }
                String value = row.get(column);
                if (column.equals("load_mw") && NUMBER.matcher(value).matches()) {
                    json.writeFieldName(column);
                    json.writeNumber(value);
                } else {
                    json.writeStringField(column, value);
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static String utf8(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8; encode it so");
        }
    }

    private static ProblemException malformed(String what) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "the body cannot be read: " + what);
    }
}
