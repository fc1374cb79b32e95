package io.lsqroutes.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.event.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The secrets that an answer itself gives away, in fields whose names tell that, wherever they stand in it. */
public final class RevealedFields {
    private static final Set<String> NAMES = Set.of(
            "temporarypassword",
            "password",
            "currentpassword",
            "newpassword",
            "authkey",
            "publicauthkey",
            "accesskey",
            "secretkey",
            "registertoken",
            "token");

    private RevealedFields() {}

    public static List<Secret> in(JsonNode answer) {
        List<Secret> secrets = new ArrayList<>();
        collect(answer, secrets);
        return secrets;
    }

    private static void collect(JsonNode node, List<Secret> secrets) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean isSecret = NAMES.contains(field.getKey().toLowerCase(Locale.ROOT));
            if (isSecret
                    && (value.isTextual() || value.isNumber())
                    && !value.asText().isBlank()) {
                secrets.add(new Secret(value.asText()));
            }
        });
        node.forEach(child -> collect(child, secrets));
    }
}
