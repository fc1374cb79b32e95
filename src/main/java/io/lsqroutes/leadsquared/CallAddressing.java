package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.http.SentRequests;
import io.lsqroutes.leadsquared.answer.Answer;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpMethods;
import org.jspecify.annotations.Nullable;

/** Addresses a call once its permit is there, and reads what was answered. */
public final class CallAddressing {
    private final Clock clock;

    public CallAddressing(Clock clock) {
        this.clock = clock;
    }

    /** The last moment at which an event can still expire: from here on the call is made. */
    public void address(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery, Exchange exchange) throws CallFailed {
        Attempts attempts = delivery.attempts();
        if (attempts.event().head().expiredAt(clock.instant())) {
            throw new CallFailed(Verdict.EXPIRED_WAITING);
        }
        CallKind call = attempts.next();
        Message request = exchange.getMessage();
        // As a text it would be looked up among all of Camel's converters for every call.
        request.setHeader(HttpConstants.HTTP_METHOD, call.isKeyCall() ? HttpMethods.GET : HttpMethods.POST);
        request.setHeader(HttpConstants.HTTP_PATH, path(call));
        if (!call.isKeyCall()) {
            request.setHeader(HttpConstants.CONTENT_TYPE, "application/json");
        }
        SentRequests.forget(exchange);
        attempts.begin();
    }

    static String path(CallKind call) {
        return switch (call) {
            case FORGOT_PASSWORD -> "/api/Authentication/SecureForgotPassword";
            case CHANGE_PASSWORD -> "/api/Settings/v2/ChangePassword";
            case SIGN_IN -> "/api/Authentication/v2/Signin";
            case PUBLIC_AUTH_KEY -> "/api/Access/PublicToken";
            case REGISTER_TOKEN -> "/api/Access/GetRegisterToken";
        };
    }

    public Answer read(Exchange exchange) {
        Message response = exchange.getMessage();
        int status = response.getHeader(HttpConstants.HTTP_RESPONSE_CODE, int.class);
        @Nullable String retryAfter = response.getHeader("Retry-After", String.class);
        return Answer.of(status, retryAfter, response.getBody(byte[].class));
    }
}
