package io.lsqroutes.replay;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.EventJson;
import io.lsqroutes.event.IncomingRecord;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalAccount;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.kafka.TopicReader;
import io.lsqroutes.ledger.DeadLetter;
import io.lsqroutes.replay.ReplayWriter.Return;
import io.lsqroutes.topics.TopicNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Says of each dead letter whether its event goes back, and as what; the journal decides. */
final class ReplayPlan {

    /** What a replay does with a dead letter. */
    enum Fate {
        PUT_BACK,
        /** The record it came with was deleted since. */
        NO_LONGER_THERE,
        /** It breaks the contract under today's settings as well. */
        STILL_INVALID,
        /** The event, or another one with its id, has another outcome by now. */
        DONE_SINCE,
        /** Its topic rejects it for good, for example because it is too large. */
        NOT_TAKEN,
        /** It was put back before, or another event with its id is being handled. */
        ON_ITS_WAY
    }

    /**
     * What is to be done with one dead letter.
     *
     * @param code why it died, or why it still is invalid
     * @param event what goes back, where it does
     */
    record Step(
            DeadLetter letter,
            Fate fate,
            String code,
            @Nullable Return event) {

        Step notTaken() {
            return new Step(letter, Fate.NOT_TAKEN, code, event);
        }
    }

    private final TopicNames topics;
    private final TopicReader stored;
    private final EventDecoder decoder;
    private final Function<Event, Instant> expiry;
    private final Map<String, JournalEntry> journal = new HashMap<>();

    /**
     * Reads what the journal says of these dead letters.
     *
     * @param expiry until when an event is good that goes back now
     * @param account whose journal it has to be
     * @throws JournalRejected if it is another one's
     */
    ReplayPlan(
            TopicNames topics,
            TopicReader stored,
            EventDecoder decoder,
            Function<Event, Instant> expiry,
            String account,
            List<DeadLetter> letters) {
        this.topics = topics;
        this.stored = stored;
        this.decoder = decoder;
        this.expiry = expiry;
        Set<String> keys = letters.stream()
                .flatMap(letter -> Stream.of(letter.journalKey(topics), JournalFormat.placeKey(letter.source())))
                .collect(Collectors.toSet());
        stored.all(topics.journal(), record -> {
            String key = JournalFormat.ownKey(record.key());
            if (key != null && record.value() != null) {
                read(key, record.value(), account, keys);
            }
        });
    }

    /** Skips what is not the bundle's own, because it says nothing of an event. */
    private void read(String key, byte[] value, String account, Set<String> keys) {
        JournalFormat.rejectNewer(key, value);
        JournalAccount owner = key.equals(JournalFormat.ACCOUNT) ? JournalFormat.readAccount(value) : null;
        if (owner != null) {
            owner.check(account);
        }
        String place = JournalFormat.place(key);
        JournalEntry entry = keys.contains(place) ? JournalFormat.read(value) : null;
        if (entry != null) {
            journal.put(place, entry);
        }
    }

    Step step(DeadLetter letter) {
        JournalEntry known = journal.get(letter.journalKey(topics));
        JournalEntry record = journal.get(JournalFormat.placeKey(letter.source()));
        boolean putBackBefore = record != null && record.state() == State.REOPENED;
        if (putBackBefore || (known != null && !isLastWord(known, letter))) {
            boolean done = known != null && known.state() == State.DONE;
            return without(letter, done ? Fate.DONE_SINCE : Fate.ON_ITS_WAY, letter.code());
        }
        if (letter.value() != null) {
            RecordPosition died = known == null ? letter.source() : known.source();
            return step(letter, known, died, RecordText.bytes(letter.eventId()), RecordText.bytes(letter.value()));
        }
        ConsumerRecord<byte[], byte[]> original = stored.at(
                        new TopicPartition(
                                letter.source().topic(), letter.source().partition()),
                        letter.source().offset())
                .orElse(null);
        if (original == null) {
            return without(letter, Fate.NO_LONGER_THERE, letter.code());
        }
        RecordPosition source =
                new RecordPosition(original.topic(), original.partition(), original.offset(), original.timestamp());
        byte[] key = original.key() == null ? RecordText.bytes(letter.eventId()) : original.key();
        return step(letter, known, source, key, original.value());
    }

    /** Whether nothing has become of the event since it died. What breaks the contract never had its id to itself. */
    private static boolean isLastWord(JournalEntry known, DeadLetter letter) {
        RecordPosition died = letter.source();
        RecordPosition wrote = known.origin();
        return letter.status() != Status.INVALID
                && known.state() == State.DONE
                && known.status() == letter.status()
                && wrote.topic().equals(died.topic())
                && wrote.partition() == died.partition()
                && wrote.offset() == died.offset();
    }

    private Step step(
            DeadLetter letter,
            @Nullable JournalEntry known,
            RecordPosition source,
            byte[] key,
            byte @Nullable [] value) {
        Event event = decode(letter, source, value);
        if (!event.head().eventId().equals(letter.eventId())) {
            // The topic was made anew, and another record has this place.
            return without(letter, Fate.NO_LONGER_THERE, letter.code());
        }
        if (event instanceof InvalidEvent invalid) {
            return without(letter, Fate.STILL_INVALID, invalid.code());
        }
        ProducerRecord<byte[], byte[]> record = record(event, key);
        // Written anew it may have become too large to be read.
        if (decode(letter, source, record.value()) instanceof InvalidEvent invalid) {
            return without(letter, Fate.STILL_INVALID, invalid.code());
        }
        boolean usedUpItsId = letter.status() != Status.INVALID;
        // Of an event that was forwarded, its copy among the campaigns is done with.
        RecordPosition former = known == null ? source : known.source();
        Return back = new Return(
                usedUpItsId ? letter.journalKey(topics) : null,
                former,
                record,
                usedUpItsId ? progress(letter, known) : Progress.NONE,
                known == null ? event.fingerprint() : known.fingerprint());
        JournalEntry reopened = JournalEntry.of(State.REOPENED, back.progress(), former, back.fingerprint(), null);
        journal.put(letter.journalKey(topics), reopened);
        journal.put(JournalFormat.placeKey(former), reopened);
        return new Step(letter, Fate.PUT_BACK, letter.code(), back);
    }

    private Event decode(DeadLetter letter, RecordPosition source, byte @Nullable [] value) {
        boolean campaign = source.topic().equals(topics.campaign());
        return decoder.decode(new IncomingRecord(letter.type(topics), campaign, null, source), value);
    }

    private ProducerRecord<byte[], byte[]> record(Event event, byte[] key) {
        Instant expiresAt = expiry.apply(event);
        return event instanceof ChangeRequested change
                ? new ProducerRecord<>(topics.change(), key, EventJson.writeWithSecrets(change, expiresAt))
                : new ProducerRecord<>(topics.campaign(), key, EventJson.write((ResetRequested) event, expiresAt));
    }

    /** The calls made so far stay counted, and none is held against the event any more. */
    private static Progress progress(DeadLetter letter, @Nullable JournalEntry known) {
        Progress before = known == null ? Progress.NONE : known.progress();
        boolean effectPossible = before.effectPossible()
                // A rejection is an answer: its call had no effect.
                || (before.calls() > 0 && letter.status() != Status.REJECTED)
                || letter.status() == Status.FAILED
                || letter.status() == Status.IN_DOUBT;
        return new Progress(before.calls(), 0, effectPossible, false);
    }

    private static Step without(DeadLetter letter, Fate fate, String code) {
        return new Step(letter, fate, code, null);
    }
}
