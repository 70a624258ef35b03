package io.loadcast.http;

import io.micronaut.http.HttpStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The parameters of a query, read strictly: what is wrong is answered with its name, its value and the remedy. */
final class Parameters {
    private Parameters() {}

    static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(name, Integer.toString(value), "send a whole number from " + least + " to " + most);
        }
    }

    static void requireOneOf(String name, String value, List<String> known) {
        if (!known.contains(value)) {
            throw wrong(
                    name,
                    value,
                    "send " + String.join(", ", known.subList(0, known.size() - 1)) + " or "
                            + known.get(known.size() - 1));
        }
    }

    static Instant time(String name, String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong(name, value, "send a time with its offset, such as 2018-08-03T03:00:00Z");
        }
    }

    static ProblemException wrong(String name, String value, String remedy) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST, "parameter " + name + " is " + Quoted.of(value) + "; " + remedy);
    }
}
