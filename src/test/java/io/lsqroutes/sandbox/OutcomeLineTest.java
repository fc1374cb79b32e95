package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeLineTest {

    @Test
    void tellsWhomWhatAndWhatItTook() throws JsonProcessingException {
        assertThat(line("ada@example.com", "{'type':'reset','status':'SUCCEEDED','calls':1,'code':null}", 300))
                .isEqualTo("ada@example.com               reset   SUCCEEDED  1 call   0.3 s");
    }

    @Test
    void tellsTheCodeWhereThereIsOne() throws JsonProcessingException {
        assertThat(line("+1", "{'type':'change','status':'REJECTED','calls':2,'code':'MXUserNotFoundException'}", 5149))
                .isEqualTo("+1                            change  REJECTED   2 calls  5.1 s  MXUserNotFoundException");
    }

    private static String line(String whom, String json, long millis) throws JsonProcessingException {
        return OutcomeLine.of(
                whom, JsonMapper.builder().build().readTree(json.replace('\'', '"')), Duration.ofMillis(millis));
    }
}
