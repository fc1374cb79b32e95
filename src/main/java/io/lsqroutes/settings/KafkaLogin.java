package io.lsqroutes.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

/** Looks at how the bundle logs in to Kafka (SASL), as far as that can be judged without Kafka. */
final class KafkaLogin {
    private static final String PROTOCOL = "security.protocol";
    private static final String MECHANISM = SaslConfigs.SASL_MECHANISM;
    private static final String JAAS = SaslConfigs.SASL_JAAS_CONFIG;

    /** The login module that goes with each mechanism, by the end of its name. */
    private static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "PLAIN", "PlainLoginModule",
            "SCRAM-SHA-256", "ScramLoginModule",
            "SCRAM-SHA-512", "ScramLoginModule",
            "OAUTHBEARER", "OAuthBearerLoginModule",
            "GSSAPI", "Krb5LoginModule"));

    private KafkaLogin() {}

    /** What is wrong with each setting, by Kafka's name for it; nothing where no login is asked for. */
    static SortedMap<String, String> problems(Map<String, String> own) {
        SortedMap<String, String> problems = new TreeMap<>();
        String protocol = own.getOrDefault(PROTOCOL, "");
        if (!protocol.startsWith("SASL")) {
            return problems;
        }
        String expected = "expected one of " + String.join(", ", MODULES.keySet());
        String mechanism = own.get(MECHANISM);
        boolean ofAnother = own.containsKey(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS);
        if (mechanism == null) {
            problems.put(MECHANISM, "is missing, and " + protocol + " needs it; " + expected);
        } else if (!MODULES.containsKey(mechanism) && !ofAnother) {
            problems.put(MECHANISM, "is '" + mechanism + "'; " + expected);
        }
        String jaas = jaas(own, problems.isEmpty() && !ofAnother ? mechanism : null);
        if (!jaas.isEmpty()) {
            problems.put(JAAS, jaas);
        }
        return problems;
    }

    /** Never repeats the line: it holds a password. */
    private static String jaas(Map<String, String> own, @Nullable String mechanism) {
        String form = "expected one line such as MODULE required username=\"…\" password=\"…\";";
        if (!own.containsKey(JAAS) && System.getProperty("java.security.auth.login.config") == null) {
            return "is missing, and " + own.get(PROTOCOL) + " needs it; " + form;
        }
        Map<String, Object> settings = new HashMap<>();
        if (own.containsKey(JAAS)) {
            settings.put(JAAS, new Password(own.get(JAAS)));
        }
        List<AppConfigurationEntry> entries;
        try {
            entries = JaasContext.loadClientContext(settings).configurationEntries();
        } catch (RuntimeException e) {
            return "does not parse; " + form;
        }
        String module = entries.get(0).getLoginModuleName();
        if (!isThere(module)) {
            return "names the module " + module + ", which is not there; " + form;
        }
        String simple = module.substring(module.lastIndexOf('.') + 1);
        String meant = mechanism == null ? simple : MODULES.getOrDefault(mechanism, simple);
        if (MODULES.containsValue(simple) && !meant.equals(simple)) {
            return "names the module " + simple + ", and sasl.mechanism is " + mechanism + "; expected " + meant;
        }
        boolean named = meant.equals("PlainLoginModule") || meant.equals("ScramLoginModule");
        if (named
                && !entries.get(0).getOptions().keySet().containsAll(List.of("username", "password"))
                && !own.containsKey(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS)) {
            return "names no username or no password; " + form;
        }
        return "";
    }

    private static boolean isThere(String module) {
        try {
            Class.forName(module, false, KafkaLogin.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Whether to build a client is to log in somewhere: what is away at the start is no wrong setting. */
    static boolean asksTheNetwork(Map<String, String> own) {
        String mechanism = own.getOrDefault(MECHANISM, "");
        return mechanism.equals("GSSAPI") || mechanism.equals("OAUTHBEARER");
    }

    /** Leaves TLS, where it is asked for, and takes the login away. */
    static void leaveOut(Map<String, String> own) {
        own.keySet().removeIf(name -> name.startsWith("sasl."));
        own.computeIfPresent(PROTOCOL, (name, protocol) -> protocol.replace("SASL_", ""));
    }
}
