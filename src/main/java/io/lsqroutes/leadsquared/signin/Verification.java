package io.lsqroutes.leadsquared.signin;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Secret;
import java.util.EnumSet;
import java.util.Set;

/** Finds out whether a change was made: the password that signs the person in tells. */
public final class Verification {

    /** The two passwords of a change. */
    public enum Password {
        CURRENT,
        NEW;

        private Password other() {
            return this == CURRENT ? NEW : CURRENT;
        }
    }

    private final Set<Password> refused = EnumSet.noneOf(Password.class);
    private Password next;
    private boolean otherAsked;
    private boolean atOnce;
    private int notUnderstood;

    /**
     * @param first the password that is the likelier one
     */
    public Verification(Password first) {
        this.next = first;
    }

    /** The password to sign in with. */
    public Secret password(ChangeRequested change) {
        return next == Password.NEW ? change.newPassword() : change.currentPassword();
    }

    /** The password has signed the person in. */
    public boolean changeWasMade() {
        return next == Password.NEW;
    }

    /** The password is wrong; false where the other one is, too. */
    public boolean refused() {
        refused.add(next);
        atOnce = tryOther();
        return atOnce;
    }

    /** The password or the account's keys are wrong: both passwords are asked before anybody waits for other keys. */
    public void refusedWithTheKeys() {
        otherAsked = !otherAsked;
        atOnce = tryOther() && otherAsked;
    }

    /** How the API answers a wrong password is not documented: a failure may be about it, so the other one is next. */
    public boolean tryOther() {
        if (refused.contains(next.other())) {
            return false;
        }
        next = next.other();
        return true;
    }

    /** The API has answered, and nothing is learnt from it; false where each password has had its turn. */
    public boolean notUnderstood() {
        notUnderstood++;
        return notUnderstood < Password.values().length;
    }

    /** Whether there is nothing to wait for before the next sign-in. */
    public boolean goesOnAtOnce() {
        return atOnce;
    }
}
