package io.lsqroutes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** An API on a bare socket that answers each call with the next reply of its script, byte for byte, and counts. */
final class ScriptedApi implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("content-length: *([0-9]+)");
    private static final Reply SUCCESS = json(200, "{'Status':'Success','Message':'Sent','IsSuccessful':true}");

    private final ServerSocket server;
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** What is done with the connection once the request was read. */
    interface Reply {
        void to(Socket caller, OutputStream out) throws IOException, InterruptedException;
    }

    ScriptedApi() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Replies to the next calls; all others succeed. */
    void plays(List<Reply> replies) {
        script.clear();
        script.addAll(replies);
    }

    /** Calls that arrived since the last question. */
    int calls() {
        return calls.getAndSet(0);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /**
     * @param body written with ' for "
     */
    static Reply json(int status, String body, String... headers) {
        return bytes(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers);
    }

    static Reply bytes(int status, byte[] body, String... headers) {
        return (caller, out) -> {
            out.write(head(status, body.length, headers));
            out.write(body);
        };
    }

    /** The bytes of a file under {@code cases}: head and body of a whole answer. */
    static Reply answerOfCase(String file) {
        try (InputStream in = Objects.requireNonNull(ScriptedApi.class.getResourceAsStream("/cases/" + file), file)) {
            return raw(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply raw(byte[] answer) {
        return (caller, out) -> out.write(answer);
    }

    /** Bytes that become many more when they are unpacked. */
    static Reply packed(int bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"Status\":\"Success\",\"Message\":\"".getBytes(StandardCharsets.UTF_8));
            gzip.write("a".repeat(bytes).getBytes(StandardCharsets.UTF_8));
            gzip.write("\"}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes(200, packed.toByteArray(), "Content-Encoding: gzip");
    }

    /** Half of what was announced. */
    static Reply truncated() {
        return (caller, out) -> {
            out.write(head(200, 100));
            out.write("{\"Status\":\"Success\",".getBytes(StandardCharsets.UTF_8));
        };
    }

    static Reply closed() {
        return (caller, out) -> {};
    }

    static Reply reset() {
        return (caller, out) -> caller.setSoLinger(true, 0);
    }

    /** Nothing, for as long as the caller waits. */
    static Reply silence() {
        return (caller, out) -> {
            caller.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
    }

    /** A byte now and then, which no time-out of a socket ever ends. */
    static Reply dribble() {
        return (caller, out) -> {
            out.write(head(200, 100_000));
            for (int i = 0; i < 1_000; i++) {
                out.write(' ');
                Thread.sleep(20);
            }
        };
    }

    private static byte[] head(int status, int length, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String size = status == 204 ? "" : "Content-Length: " + length + "\r\n";
        return ("HTTP/1.1 " + status + " Some Reason\r\nConnection: close\r\n" + size + lines + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                daemon(() -> answer(caller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket caller) {
        try (caller) {
            if (!readRequest(caller.getInputStream())) {
                return;
            }
            calls.incrementAndGet();
            Reply next = script.poll();
            OutputStream out = caller.getOutputStream();
            (next == null ? SUCCESS : next).to(caller, out);
            out.flush();
        } catch (IOException e) {
            // The caller has gone; it is the caller that is watched.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False for what is no HTTP request, such as the beginning of a TLS handshake. */
    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0 || (head.isEmpty() && !Character.isUpperCase(read))) {
                return false;
            }
            head.append((char) read);
        }
        Matcher length = LENGTH.matcher(head.toString().toLowerCase(Locale.ROOT));
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return true;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-api");
        thread.setDaemon(true);
        thread.start();
    }

    /** So many times the same. */
    static List<Reply> times(int times, Reply reply, Reply... then) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            replies.add(reply);
        }
        replies.addAll(List.of(then));
        return replies;
    }
}
