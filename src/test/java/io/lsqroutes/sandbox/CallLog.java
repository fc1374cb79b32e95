package io.lsqroutes.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every call that arrived, in memory for as long as the portal lives. */
final class CallLog {
    private static final Set<String> EXPECTED_HEADERS = Set.of(
            "host",
            "connection",
            "content-type",
            "content-length",
            "accept",
            "accept-encoding",
            "user-agent",
            "transfer-encoding",
            "authorization",
            "x-lsq-registertoken",
            "x-lsq-portalid",
            "x-lsq-accesskey",
            "x-lsq-secretkey",
            "upgrade",
            "http2-settings");

    private final List<PortalCall> calls = new ArrayList<>();
    private final Set<String> strayHeaders = new LinkedHashSet<>();
    private int refused;

    synchronized void add(PortalCall call) {
        calls.add(call);
        refused += call.refused() ? 1 : 0;
        call.headers().keySet().stream()
                .filter(name -> !EXPECTED_HEADERS.contains(name))
                .forEach(strayHeaders::add);
    }

    /** In the order of arrival, which is not always that of recording. */
    synchronized List<PortalCall> calls() {
        return calls.stream()
                .sorted(Comparator.comparingLong(PortalCall::arrivalNanos))
                .toList();
    }

    synchronized int size() {
        return calls.size();
    }

    synchronized int refused() {
        return refused;
    }

    synchronized List<String> strayHeaders() {
        return List.copyOf(strayHeaders);
    }
}
