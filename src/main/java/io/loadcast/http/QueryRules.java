package io.loadcast.http;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a query may have in it: parameters of its route, each once and with a value. A name with a slip in it would be left out silently,
 * and the answer be of another question.
 */
@ServerFilter("/api/**")
final class QueryRules {
    @RequestFilter
    @Nullable
    HttpResponse<?> admit(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .filter(MethodBasedRouteMatch.class::isInstance) // where there is no route, others say so
                .flatMap(route -> flaw(request, named(((MethodBasedRouteMatch<?, ?>) route).getArguments())))
                .map(detail -> Problems.response(request, new ProblemException(HttpStatus.BAD_REQUEST, detail)))
                .orElse(null);
    }

    private static Optional<String> flaw(HttpRequest<?> request, List<String> known) {
        for (String name : request.getParameters().names()) {
            List<String> values = request.getParameters().getAll(name);
            if (!known.contains(name)) {
                return Optional.of("parameter " + Quoted.of(name) + " is not known here; "
                        + (known.isEmpty() ? "send none" : "send some of " + String.join(", ", known)));
            }
            if (values.size() > 1) {
                return Optional.of("parameter " + name + " is there " + values.size() + " times; send it once");
            }
            if (values.get(0).isEmpty()) {
                return Optional.of("parameter " + name + " is empty; give it a value, or leave it out");
            }
        }
        return Optional.empty();
    }

    private static List<String> named(Argument<?>[] arguments) {
        return Stream.of(arguments)
                .filter(argument -> argument.getAnnotationMetadata().hasAnnotation(QueryValue.class))
                .map(Argument::getName)
                .toList();
    }
}
