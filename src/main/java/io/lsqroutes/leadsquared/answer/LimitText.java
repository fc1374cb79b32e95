package io.lsqroutes.leadsquared.answer;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.redaction.Escapes;
import io.lsqroutes.redaction.FoldedText;
import io.lsqroutes.redaction.MappedText;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words of the API to an account that calls too often.
 *
 * @param text all that the answer says
 * @param calls so many calls it names as the limit; zero where that is no limit to speak of
 * @param window in this time; zero where that is no time to speak of
 */
public record LimitText(String text, int calls, Duration window) {
    private static final Pattern WORDS = Pattern.compile(
            "API calls exceeded the limit of ([0-9]+) in ([0-9]+) second(?:s|\\(s\\))?[.!]?", Pattern.CASE_INSENSITIVE);
    /** Longer texts say something else, and more digits than an int holds are no limit. */
    private static final int LONGEST = 200;

    private static final int MOST_DIGITS = 9;

    /**
     * Looks where LeadSquared's own texts stand, and nowhere else: the words count only where nothing stands around them.
     * Null where they do not stand there.
     */
    public static @Nullable LimitText in(Answer answer) {
        return Stream.of(
                        answer.text("ExceptionMessage"),
                        answer.text("Message"),
                        answer.text("ResponseText"),
                        answer.bareText())
                .filter(Objects::nonNull)
                .map(LimitText::of)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    static @Nullable LimitText of(String text) {
        String words = text.strip();
        Matcher matcher = WORDS.matcher(words);
        if (words.length() > LONGEST || !matcher.matches()) {
            return null;
        }
        int calls = number(matcher.group(1));
        int seconds = number(matcher.group(2));
        return calls == 0 || seconds == 0
                ? new LimitText(words, 0, Duration.ZERO)
                : new LimitText(words, calls, Duration.ofSeconds(seconds));
    }

    private static int number(String digits) {
        return digits.length() > MOST_DIGITS ? 0 : Integer.parseInt(digits);
    }

    /** Whether a value that the event brought says the same: then the API may only repeat it. */
    public boolean standsIn(Event event) {
        String words = FoldedText.letters(MappedText.of(text)).text();
        return values(event)
                .flatMap(value -> Escapes.layers(value).stream())
                .anyMatch(value -> FoldedText.letters(value).text().contains(words));
    }

    private static Stream<String> values(Event event) {
        Person person = event.person();
        Stream<String> ofPerson = person == null ? Stream.of() : Stream.of(person.schemaName(), person.value());
        Stream<@Nullable String> others;
        if (event instanceof ChangeRequested change) {
            others = Stream.of(
                    change.currentPassword().reveal(),
                    change.newPassword().reveal(),
                    change.authKey() == null ? null : change.authKey().reveal());
        } else {
            others = Stream.of(event instanceof ResetRequested reset ? reset.recipientField() : null);
        }
        return Stream.concat(ofPerson, others.flatMap(Stream::ofNullable));
    }
}
