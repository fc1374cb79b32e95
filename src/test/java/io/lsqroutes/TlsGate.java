package io.lsqroutes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The TLS side of a portal that speaks plain HTTP: what it shows to callers can be changed while it runs. */
final class TlsGate implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
    private volatile Reception reception = caller -> caller;

    /** What is done with a caller first; what comes out of it is connected with the portal. */
    interface Reception {
        Socket receive(Socket caller) throws IOException;
    }

    TlsGate(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String baseUrl() {
        return "https://localhost:" + listening.getLocalPort();
    }

    /** From now on, and for who is connected by now, too. */
    void receives(Reception next) {
        reception = next;
        callers.forEach(TlsGate::close);
        callers.clear();
    }

    static Reception tls(SSLContext identity) {
        return caller -> {
            SSLSocket socket = (SSLSocket) identity.getSocketFactory().createSocket(caller, null, true);
            socket.setUseClientMode(false);
            socket.startHandshake();
            return socket;
        };
    }

    /** Bytes instead of a handshake, and no more. */
    static Reception says(byte[] bytes) {
        return caller -> {
            caller.getInputStream().read();
            caller.getOutputStream().write(bytes);
            throw new IOException("cut off");
        };
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                callers.add(caller);
                daemon(() -> connect(caller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        try (caller;
                Socket received = reception.receive(caller);
                Socket portal = new Socket(InetAddress.getLoopbackAddress(), target)) {
            daemon(() -> pass(portal, received));
            pass(received, portal);
        } catch (IOException e) {
            // It is the caller that is watched.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tls-gate");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        receives(caller -> caller);
    }
}
