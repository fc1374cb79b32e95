package io.lsqroutes.settings;

import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.keys.Account;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The account as its files of secrets have it now: a key that is replaced there needs no restart. */
public final class KeyFiles implements Supplier<Account> {
    private final SettingsSource source;
    private final Consumer<String> log;
    private final Set<String> unreadable = new HashSet<>();
    private Account last;

    /**
     * @param account as it was read at the start
     * @param log told which key is replaced or cannot be read, never what it is
     */
    public KeyFiles(SettingsSource source, Account account, Consumer<String> log) {
        this.source = source;
        this.last = account;
        this.log = log;
    }

    @Override
    public synchronized Account get() {
        last = new Account(
                last.host(),
                last.portalId(),
                key("lsq.public.auth-key", last.publicAuthKey()),
                key("lsq.register.token", last.registerToken()),
                key("lsq.access-key", last.accessKey()),
                key("lsq.secret-key", last.secretKey()));
        return last;
    }

    private @Nullable Secret key(String name, @Nullable Secret old) {
        if (source.inEnvironment(name)) {
            return old;
        }
        Secret read = read(name);
        if (read == null) {
            if (old != null && unreadable.add(name)) {
                log.accept(
                        name + ": its file is gone, empty or not readable as a key; the key read before stays in use");
            }
            return old;
        }
        unreadable.remove(name);
        if (!read.equals(old)) {
            log.accept(name + " has been replaced in its file");
        }
        return read;
    }

    private @Nullable Secret read(String name) {
        try {
            String content = source.file(name);
            SettingsReader reader = new SettingsReader(key -> content == null ? "" : content);
            Secret key = reader.secret(name);
            return reader.problems().isEmpty() ? key : null;
        } catch (SecretFiles.Unreadable e) {
            return null;
        }
    }
}
