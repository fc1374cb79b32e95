package io.lsqroutes.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The people behind the portal, who is anybody: their passwords, sign-in keys and mails. */
final class PortalAccounts {
    private static final String EMAIL_SCHEMA = "EmailAddress:";

    private final long keyLifetime;
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Integer> mails = new HashMap<>();
    private final Map<String, SignedIn> signedIn = new HashMap<>();

    private record SignedIn(String person, long since) {}

    PortalAccounts(Duration keyLifetime) {
        this.keyLifetime = keyLifetime.toNanos();
    }

    /** One name for a person, whichever shape of a body and whatever case of an e-mail address named them. */
    static String person(String text) {
        if (text.startsWith(EMAIL_SCHEMA)) {
            return text.substring(EMAIL_SCHEMA.length()).toLowerCase(Locale.ROOT);
        }
        return text.contains(":") ? text : text.toLowerCase(Locale.ROOT);
    }

    static String leadId(String person) {
        return UUID.nameUUIDFromBytes(person.getBytes(StandardCharsets.UTF_8)).toString();
    }

    synchronized String password(String person) {
        return passwords.getOrDefault(person, PortalOptions.INITIAL_PASSWORD);
    }

    synchronized boolean changePassword(String person, String current, String next) {
        boolean correct = password(person).equals(current);
        if (correct) {
            passwords.put(person, next);
        }
        return correct;
    }

    synchronized String signIn(String person) {
        String key = "sandbox-user-key-" + UUID.randomUUID();
        signedIn.put(key, new SignedIn(person, System.nanoTime()));
        return key;
    }

    synchronized Optional<String> whoSignedIn(String key) {
        return Optional.ofNullable(signedIn.get(key))
                .filter(entry -> System.nanoTime() - entry.since() < keyLifetime)
                .map(SignedIn::person);
    }

    synchronized void expireSignInKeys() {
        signedIn.clear();
    }

    synchronized void sendMail(String person) {
        mails.merge(person, 1, Integer::sum);
    }

    synchronized int mailsTo(String person) {
        return mails.getOrDefault(person, 0);
    }
}
