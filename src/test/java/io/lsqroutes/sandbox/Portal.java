package io.lsqroutes.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A LeadSquared portal on this machine: the five calls, the limit and the quirks of the real one, and a record of all
 * that arrived. A person is an e-mail address or {@code SchemaName:value}; everyone is known.
 */
public final class Portal implements AutoCloseable {
    public static final String FORGOT_PASSWORD = "/api/Authentication/SecureForgotPassword";
    public static final String CHANGE_PASSWORD = "/api/Settings/v2/ChangePassword";
    public static final String SIGN_IN = "/api/Authentication/v2/Signin";
    public static final String PUBLIC_TOKEN = "/api/Access/PublicToken";
    public static final String REGISTER_TOKEN = "/api/Access/GetRegisterToken";

    static {
        // Without it the server's second small packet waits some 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final PortalOptions options;
    private final PortalAccounts accounts;
    private final QuirkPlan quirks = new QuirkPlan();
    private final CallLog log = new CallLog();
    private final CallWindow window;
    private final PortalApi api;
    private final HttpServer server;
    private final List<HttpServer> others = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Portal::daemon);
    private final CountDownLatch closing = new CountDownLatch(1);

    private Portal(PortalOptions options) throws IOException {
        this.options = options;
        accounts = new PortalAccounts(options.signInKeyLifetime);
        window = new CallWindow(options.limitCalls, options.limitWindow, options.fixedWindows, System.nanoTime());
        api = new PortalApi(options, accounts, quirks, window.message());
        server = listen(options.port);
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getByName(options.host), port), 0);
        listening.createContext("/", this::handle);
        listening.setExecutor(threads);
        listening.start();
        return listening;
    }

    /** It is there, too, from now on. */
    public void listenAt(int port) throws IOException {
        others.add(listen(port));
    }

    /** It is no longer there. Calls that are under way lose their answers after a second. */
    public void leave(int port) {
        others.removeIf(other -> {
            boolean left = other.getAddress().getPort() == port;
            if (left) {
                other.stop(1);
            }
            return left;
        });
    }

    /** A portal that listens; an {@link UncheckedIOException} where it cannot. */
    public static Portal start(PortalOptions options) {
        try {
            return new Portal(options);
        } catch (IOException e) {
            String where = options.host + ":" + options.port;
            throw new UncheckedIOException("cannot listen on " + where + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String baseUrl() {
        InetAddress address = server.getAddress().getAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** The settings by which the bundle finds and uses this portal, under their names in the environment. */
    public Map<String, String> environment() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("LSQ_HOST", baseUrl());
        settings.put("LSQ_PORTAL_ID", options.portalId);
        settings.put("LSQ_PUBLIC_AUTH_KEY", publicAuthKey());
        settings.put("LSQ_REGISTER_TOKEN", registerToken());
        settings.put("LSQ_ACCESS_KEY", options.accessKey);
        settings.put("LSQ_SECRET_KEY", options.secretKey);
        return settings;
    }

    public String publicAuthKey() {
        return api.keys().publicAuthKey();
    }

    public String registerToken() {
        return api.keys().registerToken();
    }

    /** Makes a new public auth key and registration token; the old ones are answered 401. */
    public void rotateKeys() {
        api.rotateKeys();
    }

    public String password(String person) {
        return accounts.password(PortalAccounts.person(person));
    }

    public String signInKeyFor(String person) {
        return accounts.signIn(PortalAccounts.person(person));
    }

    public void expireSignInKeys() {
        accounts.expireSignInKeys();
    }

    /** The mails that Forgot Password sent for the person, also where the answer to the call was lost. */
    public int mailsTo(String person) {
        return accounts.mailsTo(PortalAccounts.person(person));
    }

    /** For the person's next resets and changes; {@link Integer#MAX_VALUE} times: for all. */
    public void quirk(String person, Quirk quirk, int times) {
        quirks.plan(PortalAccounts.person(person), quirk, times);
    }

    /** For the person's next sign-ins. */
    public void quirkSignIn(String person, Quirk quirk, int times) {
        quirks.plan(PortalApi.signInOf(PortalAccounts.person(person)), quirk, times);
    }

    /** Every call meets the quirk until {@link #recover}; of several, each call the next one in turn. */
    public void failAll(Quirk... inTurn) {
        quirks.failAll(List.of(inTurn));
    }

    public void recover() {
        quirks.failAll(List.of());
    }

    /** All calls in the order of their arrival; each is here before its answer leaves. */
    public List<PortalCall> calls() {
        return log.calls();
    }

    /** The calls about one person: resets, changes and sign-ins. */
    public List<PortalCall> callsTo(String person) {
        String whom = PortalAccounts.person(person);
        return calls().stream().filter(call -> call.person().equals(whom)).toList();
    }

    /** The calls refused because they were above the limit. */
    public int refused() {
        return log.refused();
    }

    /** The most calls, refused ones included, that arrived within the length of one window. */
    public int mostCallsInAnyWindow() {
        return window.most(calls().stream().mapToLong(PortalCall::arrivalNanos).toArray());
    }

    /**
     * The share of the limit that calls were accepted for, from the first one until the first one after this time: empty
     * until that has come.
     */
    public OptionalDouble used(Duration time) {
        return window.used(
                calls().stream()
                        .filter(call -> !call.refused())
                        .mapToLong(PortalCall::arrivalNanos)
                        .toArray(),
                time);
    }

    /** The names of headers that have no business at this API. */
    public List<String> strayHeaders() {
        return log.strayHeaders();
    }

    public String report() {
        return "portal: %d calls, refused %d, most calls in any %s s: %d"
                .formatted(log.size(), refused(), window.seconds(), mostCallsInAnyWindow());
    }

    /** Answers still held back are lost; what was recorded stays readable. */
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        others.forEach(other -> other.stop(0));
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            pass(onTheWay());
            long arrival = System.nanoTime();
            boolean refused = PortalApi.has(exchange.getRequestURI().getPath()) && !window.admits(arrival);
            PortalCall call = read(exchange, arrival);
            call = call.about(api.personIn(call));
            Answer answer = refused ? Answer.rateLimited(429, window.message()) : answer(call);
            log.add(call.answered(answer, refused));
            send(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PortalCall read(HttpExchange exchange, long arrival) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        return new PortalCall(
                arrival, Instant.now(), exchange.getRequestMethod(), path, headers, body, "", 0, false, false);
    }

    private Answer answer(PortalCall call) {
        return quirks.outage()
                .map(quirk -> quirk.applyTo(() -> api.answer(call), window.message()))
                .orElseGet(() -> api.answer(call));
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        Duration time = answer.delivery() == Answer.Delivery.SLOW ? options.slowAnswer : options.answerTime;
        boolean closed = pass(time.plus(onTheWay()));
        if (closed || answer.delivery() == Answer.Delivery.CUT) {
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private Duration onTheWay() {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(options.way.toNanos() + 1));
    }

    /** True where the portal is closed before this time has passed. */
    private boolean pass(Duration time) throws InterruptedException {
        return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "sandbox-portal");
        thread.setDaemon(true);
        return thread;
    }
}
