package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;

/** The calls that are out at a time: the campaign leaves two of them to the interactive lane, if it can. */
final class Permits {
    private static final int FOR_INTERACTIVE_ALONE = 2;

    private final int most;
    private final int mostOfCampaign;
    private int out;
    private int outOfCampaign;

    Permits(int most) {
        this.most = most;
        this.mostOfCampaign = Math.max(1, most - FOR_INTERACTIVE_ALONE);
    }

    boolean available(Lane lane) {
        return out < most && (lane == Lane.INTERACTIVE || outOfCampaign < mostOfCampaign);
    }

    void take(Lane lane) {
        if (!available(lane)) {
            throw new IllegalStateException("no permit is left");
        }
        out++;
        outOfCampaign += lane == Lane.CAMPAIGN ? 1 : 0;
    }

    void giveBack(Lane lane) {
        out--;
        outOfCampaign -= lane == Lane.CAMPAIGN ? 1 : 0;
    }

    int out() {
        return out;
    }
}
