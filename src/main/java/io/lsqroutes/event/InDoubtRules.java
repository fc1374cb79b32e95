package io.lsqroutes.event;

/**
 * What the settings say about events in doubt.
 *
 * @param interactive for a single reset
 * @param campaign for a reset of a campaign
 * @param change for a change that names the person
 */
public record InDoubtRules(InDoubtPolicy interactive, InDoubtPolicy campaign, InDoubtPolicy change) {

    /** A change that names nobody cannot be looked into. */
    public InDoubtPolicy policy(Event event) {
        if (event.head().type() == EventType.CHANGE) {
            return event.person() == null ? InDoubtPolicy.PARK : change;
        }
        return event.head().lane() == Lane.CAMPAIGN ? campaign : interactive;
    }
}
