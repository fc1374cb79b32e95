package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.keys.Account;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Puts the keys on the request on its way out, so that a key is never a message header.
 *
 * <p>Camel copies message headers to wherever the message goes next; camel-http's activity listener is the one place
 * that sees both the exchange and the request that is really sent.
 */
public final class AuthHeaders implements HttpActivityListener {
    private final Account account;
    private final AccountKeys keys;

    public AuthHeaders(Account account, AccountKeys keys) {
        this.account = account;
        this.keys = keys;
    }

    @Override
    public void onRequestSubmitted(
            Object source, Exchange exchange, HttpHost host, HttpRequest request, @Nullable HttpEntity entity) {
        Attempts attempts = Delivery.of(exchange).attempts();
        if (attempts.call().isKeyCall()) {
            request.setHeader("x-LSQ-AccessKey", reveal(keys.accessKey()));
            request.setHeader("x-LSQ-SecretKey", reveal(keys.secretKey()));
            return;
        }
        SignInProgress signIn = SignInProgress.of(attempts);
        PortalKeys carried = keys.inUse();
        signIn.carriedKeys().carry(carried);
        request.setHeader("x-lsq-registertoken", carried.registerToken().reveal());
        request.setHeader("x-lsq-portalid", account.portalId());
        Secret key = attempts.call().carriesUserKey() ? signIn.userKey() : carried.publicAuthKey();
        request.setHeader("Authorization", reveal(key));
    }

    private static String reveal(@Nullable Secret secret) {
        return Objects.requireNonNull(secret, "the route fetches keys before it calls")
                .reveal();
    }

    @Override
    public void onResponseReceived(
            Object source,
            Exchange exchange,
            HttpHost host,
            HttpResponse response,
            @Nullable HttpEntity entity,
            long elapsed) {
        // Answers are read by the route.
    }
}
