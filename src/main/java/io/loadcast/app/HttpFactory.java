package io.loadcast.app;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.http.AlertKinds;
import io.loadcast.http.HttpLimits;
import io.loadcast.http.ModelCard;
import io.loadcast.http.ModelList;
import io.loadcast.http.ModelSource;
import io.loadcast.http.RegionZones;
import io.loadcast.streaming.BoundedClients;
import io.loadcast.streaming.Topics;
import io.loadcast.view.FollowedTopics;
import io.loadcast.view.GridFollower;
import io.loadcast.view.GridView;
import io.loadcast.view.ReadingParser;
import io.loadcast.view.ViewLimits;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Puts together what the HTTP server shows: the view of the topics, and what else it has to ask for. */
@Factory
final class HttpFactory {
    @Singleton
    ReadingParser parser() {
        return new TopologyReadingParser();
    }

    @Singleton
    GridView view(ReadingParser parser, LoadcastSettings settings, HttpSettings http) {
        return new GridView(parser, new ViewLimits(http.historyHours(), http.historyBytes(), settings.maxJumpHours()));
    }

    /** Follows from when it is first asked for; the topics have to be there. */
    @Singleton
    @Bean(preDestroy = "close")
    GridFollower follower(KafkaDefaultConfiguration kafka, Topics topics, GridView view) {
        Map<String, Object> consumer = new HashMap<>();
        kafka.getConfig().forEach((key, value) -> consumer.put(String.valueOf(key), value));
        consumer.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"));
        Properties admin = kafka.getConfig();
        return GridFollower.start(
                () -> new BoundedClients().getConsumer(consumer),
                () -> Admin.create(admin),
                new FollowedTopics(
                        topics.readings(),
                        topics.forecasts(),
                        topics.accuracy(),
                        topics.alerts(),
                        topics.deadLetters()),
                view);
    }

    @Singleton
    @Bean(preDestroy = "close")
    ReadingWriter readings(KafkaDefaultConfiguration kafka, Topics topics) {
        return new ReadingWriter(kafka.getConfig(), topics.readings());
    }

    @Singleton
    HttpLimits limits(HttpSettings settings) {
        return new HttpLimits(
                settings.host(),
                HttpServing.address(settings.host()).isLoopbackAddress(),
                settings.readingsPerSecond(),
                settings.streamClients());
    }

    @Singleton
    RegionZones zones(LoadcastSettings settings) {
        RegionCalendars civil = settings.civilCalendars();
        return region -> civil.of(new Region(region)).zone();
    }

    @Singleton
    ModelSource models(ServedModels models) {
        return new ModelSource() {
            @Override
            public ModelList served() {
                return list(models.inForce());
            }

            @Override
            public int horizonHours() {
                return models.inForce().champion().manifest().horizonHours();
            }
        };
    }

    @Singleton
    AlertKinds alertKinds() {
        return new AlertKinds(
                Arrays.stream(AlertKind.values()).map(AlertKind::key).toList());
    }

    private static ModelList list(ModelSnapshot snapshot) {
        SortedMap<String, ModelCard> regions = new TreeMap<>();
        snapshot.regionChampions().forEach((region, engine) -> regions.put(region.name(), card(engine)));
        return new ModelList(
                card(snapshot.champion()),
                snapshot.champion().device(),
                regions,
                snapshot.challengers().stream().map(HttpFactory::card).toList());
    }

    private static ModelCard card(ForecastEngine engine) {
        ModelManifest manifest = engine.manifest();
        return new ModelCard(
                manifest.name(),
                manifest.version(),
                engine.model().sha256(),
                manifest.architecture(),
                manifest.lookbackHours(),
                manifest.horizonHours(),
                manifest.quantiles().stream().map(Quantile::probability).toList(),
                manifest.calendarFeatures().stream().map(CalendarFeature::key).toList(),
                manifest.knownRegions().regions().stream().map(Region::name).toList(),
                new TreeMap<>(manifest.training()),
                new TreeMap<>(manifest.scores()));
    }
}
