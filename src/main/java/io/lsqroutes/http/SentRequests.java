package io.lsqroutes.http;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Notes on its exchange that a request begins to go out: from then on LeadSquared may carry it out.
 *
 * <p>The client comes here when a connection stands, TLS and a proxy's tunnel included, right before the first byte.
 */
public final class SentRequests extends HttpRequestExecutor {
    private static final String SENT = "requestSent";
    /** Where camel-http keeps the exchange while the client works for it. */
    private static final String EXCHANGE = "org.apache.camel.Exchange";

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            @Nullable HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        // The request for a tunnel is the proxy's.
        if (!Method.CONNECT.isSame(request.getMethod())) {
            note(context);
        }
        return super.execute(request, connection, information, context);
    }

    public static void note(HttpContext context) {
        exchange(context).setProperty(SENT, true);
    }

    private static Exchange exchange(HttpContext context) {
        return (Exchange) context.getAttribute(EXCHANGE);
    }

    public static void forget(Exchange exchange) {
        exchange.removeProperty(SENT);
    }

    public static boolean isSent(Exchange exchange) {
        return exchange.getProperty(SENT, false, boolean.class);
    }

    public static boolean isSent(HttpContext context) {
        return isSent(exchange(context));
    }
}
