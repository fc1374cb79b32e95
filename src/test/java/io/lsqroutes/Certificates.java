package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A CA of the tests and what it signs, made by the JDK's keytool. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static @Nullable Certificates shared;

    private final Path directory;
    private final Path keys;
    private final Map<String, SSLContext> made = new HashMap<>();

    /** Made once for all tests of this process: each certificate costs a process of its own. */
    static synchronized Certificates ofAllTests() throws Exception {
        Certificates known = shared;
        if (known == null) {
            known = new Certificates(Files.createTempDirectory(Path.of("target"), "certificates"));
            shared = known;
        }
        return known;
    }

    public Certificates(Path directory) throws Exception {
        this.directory = directory;
        this.keys = directory.resolve("keys.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=CA of the tests", "-keyalg", "EC", "-ext", "bc:c");
        keytool("-exportcert", "-rfc", "-alias", "ca", "-file", authority().toString());
    }

    /** In PEM. */
    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** How a server on this machine shows itself with a certificate that is right. */
    SSLContext right() throws Exception {
        return signed("right", "localhost", "-startdate", "-1d", "-validity", "30");
    }

    SSLContext expired() throws Exception {
        return signed("expired", "localhost", "-startdate", "-10d", "-validity", "5");
    }

    SSLContext notYetValid() throws Exception {
        return signed("tomorrow", "localhost", "-startdate", "+1d", "-validity", "30");
    }

    SSLContext ofAnotherHost() throws Exception {
        return signed("another", "portal.example", "-startdate", "-1d", "-validity", "30");
    }

    /** Signed by itself. */
    SSLContext ofNobodyKnown() throws Exception {
        return certified("nobody", "localhost");
    }

    private SSLContext signed(String alias, String host, String... validity) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-signer", "ca"));
        arguments.addAll(List.of(validity));
        return certified(alias, host, arguments.toArray(String[]::new));
    }

    private synchronized SSLContext certified(String alias, String host, String... more) throws Exception {
        SSLContext known = made.get(alias);
        if (known == null) {
            List<String> arguments =
                    new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + host, "-keyalg", "EC"));
            arguments.addAll(List.of("-ext", "san=dns:" + host));
            arguments.addAll(List.of(more));
            keytool(arguments.toArray(String[]::new));
            known = context(alias);
            made.put(alias, known);
        }
        return known;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", "changeit"));
        Path output = directory.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> read(output)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private SSLContext context(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            all.load(in, PASSWORD);
        }
        Key key = all.getKey(alias, PASSWORD);
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, key, PASSWORD, all.getCertificateChain(alias));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
