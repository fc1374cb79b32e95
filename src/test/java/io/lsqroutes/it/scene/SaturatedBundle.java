package io.lsqroutes.it.scene;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A bundle with more of a campaign before it than it can do in the time that it is watched. */
public final class SaturatedBundle implements AutoCloseable {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    /** With trouble, one event in so many is a change, and one in so many is answered 500 first. */
    private static final int CHANGES = 20;

    private static final int FAILURES = 10;

    public final String name;
    public final int limit;
    public final Portal portal;
    private final Duration time;
    private final RunningBundle bundle;
    private final boolean trouble;
    private final int campaign;
    private int changes;

    private SaturatedBundle(String name, int limit, boolean fixedWindows, boolean trouble, Duration time)
            throws Exception {
        this.name = name;
        this.limit = limit;
        this.time = time;
        this.trouble = trouble;
        bundle = new RunningBundle(
                new PortalOptions()
                        .limit(limit, WINDOW)
                        .fixedWindows(fixedWindows)
                        .way(Duration.ofMillis(20)),
                Map.of("LSQ_LIMIT_CALLS", Integer.toString(limit)));
        portal = bundle.portal;
        campaign = (int) (2L * limit * time.dividedBy(WINDOW));
        for (int i = 0; i < campaign; i++) {
            String tag = trouble && i % FAILURES == 0 ? "+500" : "";
            String person = "many-" + i + tag + "@example.com";
            bundle.topics.send("reset-campaign", person, "{\"emailAddress\":\"" + person + "\"}");
        }
    }

    public static SaturatedBundle slidingWindows(Duration time) throws Exception {
        return new SaturatedBundle("portal counts in sliding windows", 25, false, false, time);
    }

    public static SaturatedBundle fixedWindows(Duration time) throws Exception {
        return new SaturatedBundle("portal counts in fixed windows", 25, true, false, time);
    }

    public static SaturatedBundle smallLimit(Duration time) throws Exception {
        return new SaturatedBundle("2 calls in 5 s", 2, false, false, time);
    }

    public static SaturatedBundle withTrouble(Duration time) throws Exception {
        String name = "one event in 10 is answered 500 first, one in 20 is a change that signs in";
        return new SaturatedBundle(name, 25, false, true, time);
    }

    /** Has its changes come among the campaign's resets; true once the time is over. */
    public boolean goOn() {
        int done = bundle.topics.records().size();
        for (; trouble && changes * CHANGES < done; changes++) {
            String tag = changes % FAILURES == 0 ? "+500" : "";
            String person = "changer-" + changes + tag + "@example.com";
            bundle.topics.send(
                    "change-requested",
                    person,
                    "{\"emailAddress\":\"%s\",\"currentPassword\":\"%s\",\"newPassword\":\"NewSamplepassword@1\"}"
                            .formatted(person, PortalOptions.INITIAL_PASSWORD));
        }
        return portal.used(time).isPresent();
    }

    public double used() {
        return portal.used(time).orElseThrow();
    }

    public long calls(Predicate<PortalCall> kind) {
        return portal.calls().stream().filter(kind).count();
    }

    public int changes() {
        return changes;
    }

    /** Events of the campaign that nothing has become of yet. */
    public int waiting() {
        return campaign
                - (int) outcomes().stream()
                        .filter(outcome ->
                                outcome.path("source").path("topic").asText().equals("reset-campaign"))
                        .count();
    }

    public List<JsonNode> outcomes() {
        return bundle.topics.records().stream().map(Topics::json).toList();
    }

    @Override
    public void close() {
        bundle.close();
    }
}
