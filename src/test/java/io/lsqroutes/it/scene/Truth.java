package io.lsqroutes.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds what the outcomes claim against what the portal saw, and says where they differ. Each event is a reset or a change
 * for a person of its own, {@code ID@example.com}.
 */
public final class Truth {
    /** What the bundle was told to do about an answer that is lost. */
    public enum InDoubt {
        PARK,
        RESEND
    }

    private static final Set<String> BESIDES_THE_ONE = Set.of("DUPLICATE", "INVALID");
    private static final Set<String> OWN_CALLS = Set.of(Portal.FORGOT_PASSWORD, Portal.CHANGE_PASSWORD);

    private static final String PERSON = "@example.com";

    public final int events;
    public int withoutOneOutcome;
    public int lost;
    public int falseClaims;
    public int repeatedCalls;
    public int inDoubt;
    public int windowsOverTheLimit;
    public int secrets;
    private final InDoubt policy;
    private final Map<String, List<PortalCall>> calls = new HashMap<>();
    private final Map<String, List<PortalCall>> signIns = new HashMap<>();
    private final List<String> findings = new ArrayList<>();

    public Truth(
            Collection<String> eventIds,
            List<ConsumerRecord<byte[], byte[]>> outcomes,
            Portal portal,
            int limit,
            InDoubt policy) {
        this.policy = policy;
        events = eventIds.size();
        for (PortalCall call : portal.calls()) {
            if (OWN_CALLS.contains(call.endpoint())) {
                calls.computeIfAbsent(call.person(), person -> new ArrayList<>())
                        .add(call);
            } else if (call.endpoint().equals(Portal.SIGN_IN)) {
                signIns.computeIfAbsent(call.person(), person -> new ArrayList<>())
                        .add(call);
            }
        }
        Map<String, List<JsonNode>> byEvent = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> outcome : outcomes) {
            byEvent.computeIfAbsent(new String(outcome.key(), StandardCharsets.UTF_8), id -> new ArrayList<>())
                    .add(Topics.json(outcome));
        }
        eventIds.forEach(id -> check(id, byEvent.getOrDefault(id, List.of())));
        byEvent.forEach((id, itsOutcomes) -> {
            if (!eventIds.contains(id) && !itsOutcomes.stream().allMatch(Truth::isBesidesTheOne)) {
                findings.add(id + " was asked for by nobody and has " + itsOutcomes);
            }
        });
        checkWindows(portal, limit);
    }

    private void checkWindows(Portal portal, int limit) {
        int most = portal.mostCallsInAnyWindow();
        windowsOverTheLimit = portal.refused() + (most > limit ? 1 : 0);
        if (windowsOverTheLimit > 0) {
            findings.add("the portal refused " + portal.refused() + " calls; the most in one window were " + most);
        }
    }

    private void check(String id, List<JsonNode> outcomes) {
        List<JsonNode> ones =
                outcomes.stream().filter(outcome -> !isBesidesTheOne(outcome)).toList();
        List<PortalCall> seen = calls.getOrDefault(id + PERSON, List.of());
        int repeated = repeats(seen);
        repeatedCalls += repeated;
        if (repeated > 0 && policy == InDoubt.PARK) {
            findings.add(id + " was carried out and then called again: the portal saw " + seen);
        }
        if (ones.size() != 1) {
            withoutOneOutcome++;
            lost += outcomes.isEmpty() ? 1 : 0;
            findings.add(id + " has " + ones.size() + " outcomes: " + ones + "; the portal saw " + seen);
            return;
        }
        JsonNode one = ones.get(0);
        check(id, one, seen, repeated);
        for (JsonNode outcome : outcomes) {
            JsonNode original = outcome.path("original").path("status");
            if (original.isTextual() && !original.asText().equals(status(one))) {
                falseClaim(id, "is called the duplicate of another outcome", outcome, seen);
            }
        }
    }

    /** Calls that followed one that was carried out. */
    private static int repeats(List<PortalCall> seen) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).carriedOut()) {
                return seen.size() - 1 - i;
            }
        }
        return 0;
    }

    private void check(String id, JsonNode outcome, List<PortalCall> seen, int repeated) {
        boolean announced = outcome.path("possibleDuplicate").asBoolean();
        int claimed = outcome.path("calls").asInt();
        boolean carriedOut = seen.stream().anyMatch(PortalCall::carriedOut);
        // A call that a crash left behind may never have arrived, and one more may follow it.
        int unknown = policy == InDoubt.RESEND && announced ? 1 : 0;
        String wrong =
                switch (status(outcome)) {
                    case "SUCCEEDED" ->
                        !confirmed(seen) && !verified(id, outcome, seen)
                                ? "no call was answered well"
                                : miscounted(claimed, seen.size(), unknown) ? "miscounted" : "";
                    case "IN_DOUBT" -> claimed < 1 || miscounted(claimed, seen.size(), unknown + 1) ? "miscounted" : "";
                    case "FAILED", "REJECTED", "EXPIRED" ->
                        carriedOut ? "it was carried out" : claimed != seen.size() ? "miscounted" : "";
                    case "CANCELLED" -> claimed + seen.size() > 0 ? "it was called" : "";
                    default -> "no status of the contract";
                };
        inDoubt += status(outcome).equals("IN_DOUBT") ? 1 : 0;
        if (wrong.isEmpty() && status(outcome).equals("FAILED") && claimed == 0) {
            wrong = "nothing was tried";
        }
        if (wrong.isEmpty() && repeated > 0 && !announced) {
            wrong = "a repeat is not announced";
        }
        if (wrong.isEmpty() && announced && claimed < 2) {
            wrong = "a repeat is announced and none was made";
        }
        if (!wrong.isEmpty()) {
            falseClaim(id, wrong, outcome, seen);
        }
    }

    /** It answers a record, and not the event. */
    private static boolean isBesidesTheOne(JsonNode outcome) {
        return BESIDES_THE_ONE.contains(status(outcome));
    }

    private static String status(JsonNode outcome) {
        return outcome.path("status").asText();
    }

    private static boolean confirmed(List<PortalCall> seen) {
        return seen.stream().anyMatch(call -> call.carriedOut() && call.status() == 200);
    }

    /** A change whose answer was lost is known all the same, once the person has signed in with the new password. */
    private boolean verified(String id, JsonNode outcome, List<PortalCall> seen) {
        return outcome.path("code").asText().equals("verified-by-sign-in")
                && seen.stream()
                        .filter(PortalCall::carriedOut)
                        .anyMatch(change -> signIns.getOrDefault(id + PERSON, List.of()).stream()
                                .anyMatch(signIn ->
                                        signIn.status() == 200 && signIn.arrivalNanos() > change.arrivalNanos()));
    }

    private static boolean miscounted(int claimed, int seen, int unknown) {
        return seen > claimed || seen < claimed - unknown;
    }

    private void falseClaim(String id, String wrong, JsonNode outcome, List<PortalCall> seen) {
        falseClaims++;
        findings.add(id + ": " + wrong + ": " + outcome + "; the portal saw " + seen);
    }

    /** What a {@link SecretScan} has found belongs to the truth, too. */
    public void secrets(List<String> found) {
        secrets += found.size();
        findings.addAll(found);
    }

    /** Fails, with the figures and the first findings, unless every claim is true. */
    public void assertClean() {
        assertThat(findings.isEmpty()).as(toString()).isTrue();
    }

    /** Everything that is not as it is claimed, or as it must not be. */
    public List<String> findings() {
        return findings;
    }

    @Override
    public String toString() {
        return ("%d events: lost %d, without exactly one outcome %d, false claims %d, repeated calls %d, in doubt %d,"
                        + " windows over the limit %d, secrets %d%s")
                .formatted(
                        events,
                        lost,
                        withoutOneOutcome,
                        falseClaims,
                        repeatedCalls,
                        inDoubt,
                        windowsOverTheLimit,
                        secrets,
                        firstFindings());
    }

    private String firstFindings() {
        StringBuilder text = new StringBuilder();
        findings.stream().limit(5).forEach(finding -> text.append("\n  ").append(finding));
        return findings.size() > 5
                ? text.append("\n  … ")
                        .append(findings.size())
                        .append(" in all")
                        .toString()
                : text.toString();
    }
}
