package io.lsqroutes.it.network;

import io.lsqroutes.it.network.Checkpoint.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The network between a client and a server on this machine: it sees every request and its answer, and can fail them. */
public final class Proxy implements AutoCloseable {
    private final int target;
    private final Framing framing;
    private final ServerSocket listening;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Checkpoint> checkpoints = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Forgery> forgery = new AtomicReference<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean blackHole;

    /**
     * @param target the port of the server; it need not listen yet
     */
    public Proxy(int target, Framing framing) {
        this.target = target;
        this.framing = framing;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept, "proxy-" + listening.getLocalPort());
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Bytes of answers that it has passed on. */
    public long answered() {
        return answered.get();
    }

    /** The port behind it. */
    public int target() {
        return target;
    }

    /** Stops the nth of these requests from now on. */
    public Checkpoint stop(Place place, Predicate<byte[]> requests, int nth) {
        return add(new Checkpoint(place, requests, nth, nth));
    }

    /** Stops each of these requests from now on. */
    public Checkpoint stopAll(Place place, Predicate<byte[]> requests) {
        return add(new Checkpoint(place, requests, 1, Integer.MAX_VALUE));
    }

    /** The next of these requests is carried out, and answered with something else. */
    public void falsify(Predicate<byte[]> requests, UnaryOperator<byte[]> answer) {
        forgery.set(new Forgery(requests, answer));
    }

    private record Forgery(Predicate<byte[]> requests, UnaryOperator<byte[]> answer) {}

    private byte[] falsified(byte[] request, byte[] answer) {
        Forgery next = forgery.get();
        if (next != null && next.requests().test(request) && forgery.compareAndSet(next, null)) {
            return next.answer().apply(answer);
        }
        return answer;
    }

    private Checkpoint add(Checkpoint checkpoint) {
        checkpoints.add(checkpoint);
        return checkpoint;
    }

    /** From now on every byte is lost, both ways; connections stay open, and new ones are accepted. */
    public void blackHole() {
        blackHole = true;
    }

    /** Bytes pass again; the connections that have lost some are reset. */
    public void heal() {
        blackHole = false;
        connections.forEach(Connection::resetIfLossy);
    }

    /** Resets every connection there is. */
    public void reset() {
        connections.forEach(Connection::reset);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket server;
        try {
            client.setTcpNoDelay(true);
            server = new Socket(InetAddress.getLoopbackAddress(), target);
            server.setTcpNoDelay(true);
        } catch (IOException away) {
            reset(client);
            return;
        }
        Connection connection = new Connection(client, server);
        connections.add(connection);
        daemon(() -> connection.carry(connection::requests), "proxy-requests-" + target);
        daemon(() -> connection.carry(connection::answers), "proxy-answers-" + target);
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checkpoints.forEach(Checkpoint::cut);
        reset();
    }

    private interface Carrier {
        void run() throws IOException, InterruptedException;
    }

    /** One client's connection. Answers come in the order of their requests, in both protocols. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private final Queue<byte[]> unanswered = new ConcurrentLinkedQueue<>();
        private boolean lossy;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** When one direction ends, the other one does. */
        void carry(Carrier direction) {
            try {
                direction.run();
            } catch (IOException ended) {
                // The client, the server or the test has ended it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                reset();
                connections.remove(this);
            }
        }

        void requests() throws IOException, InterruptedException {
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (byte[] request = framing.read(in); request != null; request = framing.read(in)) {
                pass(Place.BEFORE_THE_SERVER, request);
                if (!isLost()) {
                    unanswered.add(request);
                    server.getOutputStream().write(request);
                }
            }
        }

        void answers() throws IOException, InterruptedException {
            InputStream in = new BufferedInputStream(server.getInputStream());
            for (byte[] answer = framing.read(in); answer != null; answer = framing.read(in)) {
                byte[] request = unanswered.remove();
                pass(Place.BEFORE_THE_CLIENT, request);
                if (!isLost()) {
                    answered.addAndGet(answer.length);
                    client.getOutputStream().write(falsified(request, answer));
                    pass(Place.BEHIND_THE_CLIENT, request);
                }
            }
        }

        private void pass(Place place, byte[] request) throws IOException, InterruptedException {
            for (Checkpoint checkpoint : checkpoints) {
                checkpoint.pass(place, request);
            }
        }

        /** What follows lost bytes is no use to anybody. */
        private synchronized boolean isLost() {
            lossy |= blackHole;
            return lossy;
        }

        synchronized void resetIfLossy() {
            if (lossy) {
                reset();
            }
        }

        void reset() {
            Proxy.reset(client);
            Proxy.reset(server);
        }
    }
}
