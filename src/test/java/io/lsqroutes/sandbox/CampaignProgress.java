package io.lsqroutes.sandbox;

import java.time.Duration;
import java.util.Locale;

/** How far a campaign is, and how long it will take: as long for each event as those before took on average. */
record CampaignProgress(int done, int total, Duration untilLast) {
    private static final int WIDTH = 20;

    /** A plain line. */
    String line() {
        return "campaign: %d of %d done%s".formatted(done, total, left(Duration.ZERO));
    }

    /** With a bar, some time after the last event was done. */
    String bar(Duration sinceLast) {
        int full = WIDTH * done / total;
        return "campaign [%s%s] %d of %d%s"
                .formatted("#".repeat(full), "-".repeat(WIDTH - full), done, total, left(sinceLast));
    }

    private String left(Duration sinceLast) {
        if (done == 0 || done == total) {
            return "";
        }
        double whole = untilLast.toMillis() / 1000.0 * (total - done) / done;
        long seconds = Math.max(1, Math.round(whole - sinceLast.toMillis() / 1000.0));
        return String.format(Locale.ROOT, ", about %d s left", seconds);
    }
}
