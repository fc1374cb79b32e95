package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.keys.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
    private static final Account START = new Account(
            "https://portalapi.leadsquared.com",
            "portal-1",
            new Secret("public-1"),
            new Secret("token-1"),
            new Secret("access-1"),
            null);

    private final Path secrets;
    private final List<String> told = new ArrayList<>();
    private final KeyFiles files;

    KeyFilesTest(@TempDir Path secrets) {
        this.secrets = secrets;
        SettingsSource source = new SettingsSource(Map.of("LSQ_ACCESS_KEY", "access-1"), secrets);
        this.files = new KeyFiles(source, START, told::add);
    }

    @BeforeEach
    void writeFiles() throws IOException {
        write("lsq.public.auth-key", "public-1\n");
        write("lsq.register.token", "token-1");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(secrets.resolve(name), content);
    }

    @Test
    void filesThatAreAsTheyWereGiveTheSameAccount() {
        assertThat(files.get()).isEqualTo(START);
        assertThat(told).isEmpty();
    }

    @Test
    void aFileThatIsReplacedGivesTheNewKey_andItsNameIsToldAndNothingElse() throws IOException {
        write("lsq.register.token", "token-2\n");

        assertThat(files.get().registerToken()).isEqualTo(new Secret("token-2"));

        assertThat(files.get().registerToken()).isEqualTo(new Secret("token-2"));
        assertThat(told).containsExactly("lsq.register.token has been replaced in its file");
    }

    @Test
    void aFileThatIsNewGivesAKeyThatWasNotThere() throws IOException {
        write("lsq.secret-key", "secret-1");

        assertThat(files.get().secretKey()).isEqualTo(new Secret("secret-1"));
    }

    @Test
    void whatTheEnvironmentSaysIsNotOverruledByAFile() throws IOException {
        write("lsq.access-key", "access-2");

        assertThat(files.get()).isEqualTo(START);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \n", "to ken", "tok\u00e9n", "token-2\ntoken-3"})
    void aFileThatHoldsNoKeyKeepsTheOldOne_andIsToldOnce(String content) throws IOException {
        write("lsq.register.token", content);

        assertThat(files.get()).isEqualTo(START);
        assertThat(files.get()).isEqualTo(START);

        assertThat(told)
                .containsExactly("lsq.register.token: its file is gone, empty or not readable as a key; the key read"
                        + " before stays in use");
    }

    @Test
    void aFileThatIsGoneOrCannotBeReadKeepsTheOldKey_andIsToldOnceEachTime() throws IOException {
        Files.delete(secrets.resolve("lsq.register.token"));
        Files.write(secrets.resolve("lsq.public.auth-key"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(files.get()).isEqualTo(START);
        assertThat(files.get()).isEqualTo(START);
        assertThat(told).hasSize(2);

        writeFiles();
        assertThat(files.get()).isEqualTo(START);
        Files.delete(secrets.resolve("lsq.register.token"));
        assertThat(files.get()).isEqualTo(START);
        assertThat(told).hasSize(3).allSatisfy(text -> assertThat(text).doesNotContain("token-1", "public-1"));
    }
}
