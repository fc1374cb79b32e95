package io.lsqroutes.leadsquared.answer;

import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.http.ProxyRejection;
import io.lsqroutes.http.SentRequests;
import java.net.SocketTimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Decides what a call means that came to no answer.
 *
 * <p>What counts is whether a request went out, and never what the HTTP client threw: nothing of that leaves the route.
 */
public final class UnansweredCalls {
    private final String called;

    /**
     * @param called whom the calls go to, and which way, for people
     */
    public UnansweredCalls(String called) {
        this.called = called;
    }

    public void judge(Exchange exchange) throws CallFailed {
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        boolean sent = SentRequests.isSent(exchange) && !(failure instanceof ProxyRejection);
        throw new CallFailed(sent ? lost(failure) : unsent(failure));
    }

    private static Verdict lost(Throwable failure) {
        String code = failure instanceof SocketTimeoutException ? "no-answer" : "answer-lost";
        return new Verdict(Kind.IN_DOUBT, null, code, null, null, Trouble.NOT_UNDERSTOOD);
    }

    /** Nothing was sent, so nothing was done. */
    private Verdict unsent(Throwable failure) {
        UnsentRequest unsent = UnsentRequest.because(failure);
        return new Verdict(
                Kind.NOT_EXECUTED, null, "no-connection", called + ": " + unsent.cause(), null, unsent.trouble());
    }
}
