package io.lsqroutes.leadsquared;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;

/**
 * Bounds every call in time, from the first byte to the last, and every answer in size.
 *
 * <p>A socket time-out alone never ends an answer that dribbles in, and a body read whole can be larger than the heap.
 */
public final class BoundedCalls implements HttpClientConfigurer, Closeable {
    static final int MAX_ANSWER = 64 * 1024;
    private static final String BEGUN = "leadsquared.request-begun";

    private final Duration deadline;
    private final ScheduledExecutorService timer;

    public BoundedCalls(Duration deadline) {
        this.deadline = deadline;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "leadsquared-call-deadline");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("bounded-calls", this::execute);
        // Behind everything that makes a connection, TLS included.
        client.addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(), "request-begins", BoundedCalls::requestBegins);
        // A server that closes an idle connection makes the next call look as if its answer was lost.
        client.evictIdleConnections(TimeValue.ofSeconds(1));
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean isLate = new AtomicBoolean();
        Runnable cancel = () -> {
            isLate.set(true);
            cancel(scope.originalRequest);
        };
        Future<?> abort = timer.schedule(cancel, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(read(entity, scope));
                // It is unpacked by now; Camel would unpack it once more, and lose the answer.
                response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
            }
            return response;
        } catch (IOException e) {
            if (scope.clientContext.getAttribute(BEGUN) == null) {
                throw notConnected(e);
            }
            throw isLate.get() ? noAnswer(e) : e;
        } finally {
            abort.cancel(false);
        }
    }

    private static ClassicHttpResponse requestBegins(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(BEGUN, true);
        return chain.proceed(request, scope);
    }

    /** Whatever went wrong, a refused connection or half a TLS handshake: nothing was sent, so nothing was done. */
    private static IOException notConnected(IOException failure) {
        return failure instanceof ConnectException
                ? failure
                : (IOException) new ConnectException(
                                "no connection: " + failure.getClass().getSimpleName())
                        .initCause(failure);
    }

    /** It was cancelled here: the connection is not what failed. */
    private static IOException noAnswer(IOException failure) {
        return (IOException) new SocketTimeoutException("no answer within the deadline").initCause(failure);
    }

    private static void cancel(ClassicHttpRequest request) {
        if (request instanceof Cancellable cancellable) {
            cancellable.cancel();
        }
    }

    /** An answer that is cut at the bound no longer parses, and so is not understood. */
    private static HttpEntity read(HttpEntity entity, ExecChain.Scope scope) throws IOException {
        boolean whole = false;
        try {
            InputStream in = entity.getContent();
            byte[] body = in.readNBytes(MAX_ANSWER);
            whole = in.read() < 0;
            return new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType()));
        } finally {
            if (!whole) {
                // Closing the stream instead would read the rest of the answer first.
                scope.execRuntime.discardEndpoint();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
