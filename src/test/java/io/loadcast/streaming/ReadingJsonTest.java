package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:30:00Z");
    private static final byte[] KEY = "AEP".getBytes(UTF_8);

    private static RejectionReason rejection(byte[] key, byte[] value) {
        InvalidReadingException e =
                catchThrowableOfType(InvalidReadingException.class, () -> ReadingJson.parse(key, value, NOW));
        assertThat(e).isNotNull();
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        return e.reason();
    }

    @Test
    void aValidReadingIsReadAndUnknownFieldsAreIgnored() throws InvalidReadingException {
        String json = """
                {"region":"AEP","valid_time":"2018-01-01T01:00:00+01:00","load_mw":13478.5,"quality":"ok","meter":{"id":7}}""";

        Reading reading = ReadingJson.parse(KEY, json.getBytes(UTF_8), NOW);

        assertThat(reading).isEqualTo(new Reading(new Region("AEP"), Instant.parse("2018-01-01T00:00:00Z"), 13478.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NOT_JSON      | `hello`",
                "NOT_JSON      | ``",
                "NOT_JSON      | `[1]`",
                "NOT_JSON      | `{\"region\":\"AEP\"} {}`",
                "NOT_JSON      | `{\"region\":\"AEP\",\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}`",
                "NOT_JSON      | `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":NaN}`",
                "MISSING_FIELD | `{\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}`",
                "MISSING_FIELD | `{\"region\":\"AEP\",\"load_mw\":1}`",
                "MISSING_FIELD | `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":null}`",
                "WRONG_TYPE    | `{\"region\":7,\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}`",
                "WRONG_TYPE    | `{\"region\":\"AEP\",\"valid_time\":1514764800,\"load_mw\":1}`",
                "WRONG_TYPE    | `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":\"1\"}`",
                "BAD_TIME      | `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00\",\"load_mw\":1}`",
                "BAD_TIME      | `{\"region\":\"AEP\",\"valid_time\":\"yesterday\",\"load_mw\":1}`",
                "BAD_TIME      | `{\"region\":\"AEP\",\"valid_time\":\"1969-12-31T23:00:00Z\",\"load_mw\":1}`",
                "NOT_WHOLE_HOUR| `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:30:00Z\",\"load_mw\":1}`",
                "BAD_LOAD      | `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":-1}`",
                "BAD_LOAD      | `{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1e999}`",
                "BAD_REGION    | `{\"region\":\" \",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}`",
                "FROM_THE_FUTURE| `{\"region\":\"AEP\",\"valid_time\":\"2026-01-31T14:00:00Z\",\"load_mw\":1}`",
                "KEY_MISMATCH  | `{\"region\":\"PJM\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}`",
            })
    void whatIsNotAValidReadingIsRefusedWithItsReason(RejectionReason reason, String json) {
        assertThat(rejection(KEY, json.getBytes(UTF_8))).isEqualTo(reason);
    }

    @Test
    void aRecordWithoutValueOrKeyIsRefused() {
        byte[] valid = "{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}".getBytes(UTF_8);

        assertThat(rejection(KEY, null)).isEqualTo(RejectionReason.NULL_VALUE);
        assertThat(rejection(null, valid)).isEqualTo(RejectionReason.KEY_MISMATCH);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = "{\"region\":\"Zürich\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(rejection(KEY, latin1)).isEqualTo(RejectionReason.NOT_UTF_8);
    }

    @Test
    void documentsOver64KiBOrDeeperThan16AreRefused() {
        String deep = "{\"a\":".repeat(17) + "1" + "}".repeat(17);
        String large = "{\"region\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(rejection(KEY, deep.getBytes(UTF_8))).isEqualTo(RejectionReason.NOT_JSON);
        assertThat(rejection(KEY, large.getBytes(UTF_8))).isEqualTo(RejectionReason.TOO_LARGE);
    }

    @Test
    void aRegionOver128CharactersIsRefused() {
        String region = "r".repeat(129);
        String json = "{\"region\":\"" + region + "\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}";

        assertThat(rejection(region.getBytes(UTF_8), json.getBytes(UTF_8))).isEqualTo(RejectionReason.BAD_REGION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"a\":1,\"a\":2}`     | the value has field 'a' twice at line 1, column 11; send each field once",
                "`{\"a\":NaN}`           | the value has 'NaN' at line 1, column 9, which is no JSON number; send digits, or no record",
                "`{\"a\":-Infinity}`     | the value has '-Infinity' at line 1, column 15, which is no JSON number",
                "`{\"a\":1} {}`          | the value goes on after its end at line 1, column 9; send one object a record",
                "`{\"a\":1,}`            | the value is not strict JSON at line 1, column 8",
                "`{'a':1}`               | the value is not strict JSON at line 1, column 2",
                "`{\"a\":1`              | the value is not strict JSON at line 1, column 7",
                "hello                   | the value is not strict JSON at line 1, column 1: 'hello'",
            })
    void aFlawOfTheJsonIsToldPlainlyWithItsPlace(String json, String detail) {
        assertThat(detail(json)).startsWith(detail).doesNotContain("Feature").endsWith("'" + json + "'");
    }

    @Test
    void aFlawOnALaterLineIsFoundThere() {
        assertThat(detail("{\n  \"a\": NaN\n}")).contains("at line 2, column 11");
    }

    @Test
    void nestingThatIsTooDeepAndWordsThatAreTooLongAreToldPlainly() {
        assertThat(detail("[".repeat(17))).startsWith("the value nests deeper than 16; send a flat object");
        assertThat(detail("{\"a\":" + "1".repeat(1001) + "}"))
                .startsWith("the value has a name or a number that is too long");
    }

    private static String detail(String json) {
        InvalidReadingException e = catchThrowableOfType(
                InvalidReadingException.class, () -> ReadingJson.parse(KEY, json.getBytes(UTF_8), NOW));
        assertThat(e.reason()).isEqualTo(RejectionReason.NOT_JSON);
        return e.getMessage();
    }
}
