package io.loadcast.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.micronaut.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/** Takes the body of a request apart into single readings, each as the JSON that it would be on the topic. Thread-safe. */
final class ReadingBodies {
    /** A reading is flat, and an array of them has one level more; its numbers and names are short. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(20)
            .maxNumberLength(1_000)
            .maxNameLength(1_000)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final List<String> COLUMNS = List.of("region", "valid_time", "load_mw");
    private static final String SENT = String.join(", ", COLUMNS);
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .setTrim(true)
            .get();

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
        } catch (StreamConstraintsException e) {
            throw malformed(
                    "it nests deeper than " + LIMITS.getMaxNestingDepth() + ", or has a number or a name of more"
                            + " than " + LIMITS.getMaxNumberLength() + " characters; send flat objects of " + SENT);
        } catch (JsonEOFException e) {
            throw malformed(
                    "its JSON ends too early" + where(e.getLocation()) + "; close what is open, and send all of it");
        } catch (JsonProcessingException e) {
            throw malformed("it is not well-formed JSON" + where(e.getLocation())
                    + "; mend it there, and send one object or an array of" + " them");
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be read", e);
        }
    }

    private static String where(@Nullable JsonLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** As it was sent, so that it is judged as it would be on the topic. */
    private static byte[] valueAt(JsonParser parser, String text) throws IOException {
        if (parser.currentToken() == null) {
            throw empty();
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
        long line = 1;
        String text = utf8(body);
        if (text.isBlank()) {
            throw empty();
        }
        try (CSVParser rows = CSVParser.parse(new StringReader(text), CSV)) {
            requireColumns(rows.getHeaderNames());
            line = rows.getCurrentLineNumber() + 1;
            List<byte[]> readings = new ArrayList<>();
            Iterator<CSVRecord> following = rows.iterator();
            while (following.hasNext()) {
                readings.add(json(following.next()));
                line = rows.getCurrentLineNumber() + 1;
            }
            return readings;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw malformed("its CSV cannot be taken apart from line " + line + " on: a quoted value is not closed, or"
                    + " something stands beside its quotes; quote whole values, and write a quote inside twice");
        }
    }

    private static void requireColumns(List<String> header) {
        if (COLUMNS.stream().anyMatch(column -> Collections.frequency(header, column) != 1)) {
            throw malformed("its header is " + Quoted.of(String.join(",", header)) + "; send "
                    + String.join(",", COLUMNS) + " as the first line");
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

    /** Of a body with nothing in it. */
    static ProblemException empty() {
        return malformed("it is empty; send a JSON object of " + SENT + ", an array of them, or CSV");
    }

    private static ProblemException malformed(String what) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "the body cannot be read: " + what);
    }
}
