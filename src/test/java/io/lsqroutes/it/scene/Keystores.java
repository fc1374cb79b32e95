package io.lsqroutes.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates of one test, made with the JDK's keytool: a server's own one for 127.0.0.1, and a store that trusts it. */
public final class Keystores {
    public static final String PASSWORD = "Store-samplepassword@123";

    public final Path server;
    public final Path trusting;

    /**
     * @param directory where they are made
     */
    public Keystores(Path directory, String name) throws IOException, InterruptedException {
        server = directory.resolve(name + "-server.p12");
        trusting = directory.resolve(name + "-trust.p12");
        Path certificate = directory.resolve(name + ".pem");
        keytool(
                server,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1");
        keytool(server, "-exportcert", "-alias", name, "-rfc", "-file", certificate.toString());
        keytool(trusting, "-importcert", "-alias", name, "-noprompt", "-file", certificate.toString());
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
