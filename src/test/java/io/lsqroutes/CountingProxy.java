package io.lsqroutes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that keeps the head of every request it is asked for: tunnels, and calls that it hands on itself. */
final class CountingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile String refusal = "";
    private volatile String credentials = "";

    CountingProxy() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What was asked for, the first lines alone. */
    List<String> requests() {
        return heads.stream()
                .map(head -> head.substring(0, head.indexOf("\r\n")))
                .toList();
    }

    /** All that it could read. */
    String seen() {
        return String.join("\n", heads);
    }

    /**
     * From now on it answers so, and the tunnels that stand are gone.
     *
     * @param statusLine such as {@code 502 Bad Gateway}; empty: it does its work
     */
    void refuses(String statusLine) throws IOException {
        refusal = statusLine;
        cut();
    }

    private void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** From now on it asks for these, as they stand in the header. */
    void asksFor(String basic) {
        credentials = basic;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                daemon(() -> serve(caller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        sockets.add(caller);
        try (caller) {
            InputStream in = caller.getInputStream();
            OutputStream out = caller.getOutputStream();
            String head = head(in);
            while (!head.isEmpty()) {
                heads.add(head);
                boolean knows = credentials.isEmpty() || head.contains("Proxy-Authorization: " + credentials);
                String asked = knows ? "" : "407 Proxy Authentication Required";
                String status = refusal.isEmpty() ? asked : refusal;
                if (status.isEmpty()) {
                    pass(head, caller);
                    return;
                }
                byte[] body = new byte[length(head)];
                in.readNBytes(body, 0, body.length);
                out.write(("HTTP/1.1 " + status
                                + "\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                head = head(in);
            }
        } catch (IOException e) {
            // It is the caller that is watched.
        } finally {
            sockets.remove(caller);
        }
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return "";
            }
            head.append((char) read);
        }
        return head.toString();
    }

    /** A tunnel carries whatever comes; of a plain call one request passes and its answer. */
    private void pass(String head, Socket caller) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(head.substring(0, head.indexOf("\r\n")).split(" ", -1)));
        boolean tunnel = words.get(0).equals("CONNECT");
        URI target = URI.create(tunnel ? "http://" + words.get(1) : words.get(1));
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            sockets.add(server);
            if (tunnel) {
                caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                String rest =
                        head.substring(head.indexOf("\r\n")).replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
                server.getOutputStream()
                        .write((words.get(0) + ' ' + target.getPath() + " HTTP/1.1" + rest)
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            daemon(() -> copy(caller, server));
            copy(server, caller);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            byte[] buffer = new byte[8192];
            int read;
            while ((read = from.getInputStream().read(buffer)) >= 0) {
                to.getOutputStream().write(buffer, 0, read);
                to.getOutputStream().flush();
            }
        } catch (IOException e) {
            // One side has gone.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "counting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
