package io.lsqroutes.event;

import java.time.Duration;
import java.util.Set;

/**
 * What the settings say about events.
 *
 * @param recipientFields the fields an event may direct a reset link to
 * @param resetExpiry how long a single reset is good for, unless it says so itself; likewise the other two
 */
public record EventRules(
        Set<String> recipientFields, Duration resetExpiry, Duration campaignExpiry, Duration changeExpiry) {

    public Duration expiry(EventType type, Lane lane) {
        if (type == EventType.CHANGE) {
            return changeExpiry;
        }
        return lane == Lane.CAMPAIGN ? campaignExpiry : resetExpiry;
    }
}
