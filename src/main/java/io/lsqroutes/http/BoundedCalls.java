package io.lsqroutes.http;

import io.lsqroutes.ops.VitalThreads;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Bounds every call in time, from the first byte to the last, and every answer in size.
 *
 * <p>A socket time-out alone never ends an answer that dribbles in, and a body read whole can be larger than the heap.
 */
public final class BoundedCalls implements HttpClientConfigurer, Closeable {
    static final int MAX_ANSWER = 64 * 1024;

    private final Duration deadline;
    private final HostConnection connection;
    private final ScheduledExecutorService timer;

    public BoundedCalls(Duration deadline, HostConnection connection) {
        this.deadline = deadline;
        this.connection = connection;
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
        connection.configure(client);
        client.setRequestExecutor(new SentRequests());
        // What cannot be unpacked would end the call without its answer.
        client.disableContentCompression();
        client.setDefaultHeaders(List.of(new BasicHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, deflate, x-gzip")));
        client.addExecInterceptorFirst("bounded-calls", this::execute);
        // A server that closes an idle connection makes the next call look as if its answer was lost.
        client.evictIdleConnections(TimeValue.ofSeconds(1));
        if (client.getConnManager() instanceof PoolingHttpClientConnectionManager pool) {
            pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                    .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                    .build());
        }
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean isLate = new AtomicBoolean();
        Runnable cancel = () -> {
            try {
                isLate.set(true);
                cancel(scope.originalRequest);
            } catch (RuntimeException | Error e) {
                // The timer keeps to itself what its tasks throw, and the call would have no deadline.
                VitalThreads.ended(e);
                throw e;
            }
        };
        Future<?> abort = timer.schedule(cancel, deadline.toMillis(), TimeUnit.MILLISECONDS);
        boolean whole = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            boolean ofProxy = !SentRequests.isSent(scope.clientContext)
                    || response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
            if (ofProxy) {
                throw new ProxyRejection(response.getCode());
            }
            byte[] body = body(response.getEntity());
            whole = body.length <= MAX_ANSWER;
            keepToItsWords(response, body);
            return response;
        } catch (IOException e) {
            throw isLate.get() ? late(e) : e;
        } finally {
            abort.cancel(false);
            if (!whole) {
                // Without an answer that is read to its end a connection serves nobody else, and must not stay taken.
                scope.execRuntime.discardEndpoint();
            }
        }
    }

    /** It was cancelled here: the connection is not what failed. */
    private static IOException late(IOException failure) {
        return (IOException) new SocketTimeoutException("the deadline of the call has passed").initCause(failure);
    }

    private static void cancel(ClassicHttpRequest request) {
        if (request instanceof Cancellable cancellable) {
            cancellable.cancel();
        }
    }

    /** One byte more than the bound is read of an answer that is longer. */
    private static byte[] body(@Nullable HttpEntity entity) throws IOException {
        return entity == null ? new byte[0] : entity.getContent().readNBytes(MAX_ANSWER + 1);
    }

    /**
     * What is handed on is the text in UTF-8, and no header but the one that is read. Camel would unpack it once more,
     * and make message headers of what the answer brings. A body that is too long, or cannot be unpacked, is none.
     */
    private static void keepToItsWords(ClassicHttpResponse response, byte[] body) {
        byte[] unpacked = body.length > MAX_ANSWER
                ? null
                : new ContentCodings(values(response, HttpHeaders.CONTENT_ENCODING)).unpack(body, MAX_ANSWER);
        List<String> types = values(response, HttpHeaders.CONTENT_TYPE);
        byte[] text =
                unpacked == null ? new byte[0] : AnswerText.inUtf8(unpacked, types.isEmpty() ? null : types.get(0));
        Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        response.setHeaders();
        if (retryAfter != null) {
            response.addHeader(retryAfter);
        }
        response.setEntity(new ByteArrayEntity(text, null));
    }

    private static List<String> values(ClassicHttpResponse response, String header) {
        return Stream.of(response.getHeaders(header))
                .map(Header::getValue)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
