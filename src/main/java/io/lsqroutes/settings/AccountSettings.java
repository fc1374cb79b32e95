package io.lsqroutes.settings;

import io.lsqroutes.leadsquared.keys.Account;

/** Reads the settings that name the account and hold its keys. */
final class AccountSettings {
    private AccountSettings() {}

    static Account read(SettingsReader reader) {
        Account account = new Account(
                reader.baseUrl("lsq.host"),
                reader.text("lsq.portal-id", "the portal's id"),
                reader.secret("lsq.public.auth-key"),
                reader.secret("lsq.register.token"),
                reader.secret("lsq.access-key"),
                reader.secret("lsq.secret-key"));
        boolean given = account.publicAuthKey() != null && account.registerToken() != null;
        if (!given) {
            String expected = "is missing; expected the key, or lsq.access-key and lsq.secret-key to fetch it with";
            if (account.accessKey() == null && account.secretKey() == null) {
                if (account.publicAuthKey() == null) {
                    reader.problem("lsq.public.auth-key", expected);
                }
                if (account.registerToken() == null) {
                    reader.problem("lsq.register.token", expected);
                }
            }
        }
        if ((account.accessKey() == null) != (account.secretKey() == null)) {
            String missing = account.accessKey() == null ? "lsq.access-key" : "lsq.secret-key";
            reader.problem(missing, "is missing; lsq.access-key and lsq.secret-key go together");
        }
        return account;
    }
}
