package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalMainTest {
    private final Portal portal = Portal.start(new PortalOptions());

    @AfterEach
    void close() {
        portal.close();
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void thePortalSaysHowToUseIt(Quirk quirk) {
        assertThat(PortalMain.describe(portal)).contains("LSQ_HOST=" + portal.baseUrl(), " " + quirk.tag());
    }

    @Test
    void thePortalAloneReportsWhenItStops() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PortalMain.watch(portal, new CountDownLatch(0), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("portal: 0 calls, refused 0, most calls in any 5 s: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"taken", "99999", "no number"})
    void aPortThatCannotBeHadIsOneLine(String port) {
        String number = port.equals("taken") ? String.valueOf(portal.port()) : port;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        assertThat(PortalMain.open("127.0.0.1", number, new PrintStream(errors, true, StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains(number);
    }
}
