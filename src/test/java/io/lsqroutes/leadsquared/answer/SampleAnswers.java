package io.lsqroutes.leadsquared.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Answers for the tests of this package. */
public final class SampleAnswers {
    /** As the API says it. */
    static final String LIMIT_TEXT = "API calls exceeded the limit of 25 in 5 second(s)";

    private SampleAnswers() {}

    /**
     * Makes an answer of this status.
     *
     * @param body written with ' for ", and TEXT for the limit text
     */
    public static Answer answer(int status, @Nullable String body) {
        return answer(status, null, body);
    }

    public static Answer answer(int status, @Nullable String retryAfter, @Nullable String body) {
        byte[] bytes = body == null
                ? null
                : body.replace('\'', '"').replace("TEXT", LIMIT_TEXT).getBytes(UTF_8);
        return Answer.of(status, retryAfter, bytes);
    }
}
