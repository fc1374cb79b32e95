package io.lsqroutes.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sandbox's Kafka broker as a process of its own, until it is told to stop:
 * {@code BrokerMain PORT DATA-DIRECTORY [PORT=ADVERTISED-PORT …]}.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[1]);
        Files.createDirectories(data);
        Map<Integer, Integer> advertisedByPort = new HashMap<>();
        for (String way : Arrays.copyOfRange(args, 2, args.length)) {
            int equals = way.indexOf('=');
            advertisedByPort.put(Integer.valueOf(way.substring(0, equals)), Integer.valueOf(way.substring(equals + 1)));
        }
        Broker broker = Broker.start(Integer.parseInt(args[0]), data, advertisedByPort);
        System.out.println("broker: listens on " + broker.bootstrapServers());
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop));
        broker.awaitStop();
    }
}
