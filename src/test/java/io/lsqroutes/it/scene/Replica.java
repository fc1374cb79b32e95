package io.lsqroutes.it.scene;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker that is started again whenever it ends, as a container would be. */
public final class Replica implements AutoCloseable {
    private final Scene scene;
    private final int number;
    private final List<JavaProcess> lives = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    public Replica(Scene scene, int number) {
        this.scene = scene;
        this.number = number;
        live();
    }

    private void live() {
        if (closed) {
            return;
        }
        try {
            JavaProcess worker = scene.start(number);
            lives.add(worker);
            worker.onExit(this::live);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its present life. */
    public JavaProcess worker() {
        return lives.get(lives.size() - 1);
    }

    /** How often it became the owner, in all its lives. */
    public long takeOvers() {
        return lives.stream()
                .flatMap(worker -> worker.lines().stream())
                .filter(ExpelledOwner::isOwner)
                .count();
    }

    public void awaitTakeOver(long number) {
        await().atMost(Duration.ofSeconds(90)).until(() -> takeOvers() >= number);
    }

    /** Kills it without a word, and waits for its next life to begin. */
    public void kill() {
        int life = lives.size();
        worker().kill();
        awaitLife(life + 1);
    }

    /** Tells it to end, and waits for its next life to begin. */
    public void stop() throws Exception {
        int life = lives.size();
        worker().signal("TERM");
        awaitLife(life + 1);
    }

    private void awaitLife(int life) {
        await().atMost(Duration.ofSeconds(60)).until(() -> lives.size() >= life);
    }

    @Override
    public void close() {
        closed = true;
        lives.forEach(JavaProcess::close);
    }
}
