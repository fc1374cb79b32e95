package io.lsqroutes.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

/** The sandbox's Kafka broker as a process of its own, until it is told to stop: {@code BrokerMain PORT DATA-DIRECTORY}. */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[1]);
        Files.createDirectories(data);
        Broker broker = Broker.start(Integer.parseInt(args[0]), data);
        System.out.println("broker: listens on " + broker.bootstrapServers());
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop));
        broker.awaitStop();
    }
}
