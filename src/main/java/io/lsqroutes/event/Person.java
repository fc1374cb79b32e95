package io.lsqroutes.event;

import java.util.Locale;

/** Whom an event is about, as the portal finds them: by e-mail address or by another unique field. */
public sealed interface Person {

    /** The same for two events about one person, however they are written. */
    default String identity() {
        return (schemaName() + ':' + value()).toLowerCase(Locale.ROOT);
    }

    String schemaName();

    String value();

    /** Found by e-mail address. */
    record EmailAddress(String value) implements Person {
        @Override
        public String schemaName() {
            return "EmailAddress";
        }

        @Override
        public String toString() {
            return "EmailAddress[***]";
        }
    }

    /** Found by a field that is unique in the account, such as {@code Phone}. */
    record SearchKey(String schemaName, String value) implements Person {
        @Override
        public String toString() {
            return "SearchKey[" + schemaName + "=***]";
        }
    }
}
