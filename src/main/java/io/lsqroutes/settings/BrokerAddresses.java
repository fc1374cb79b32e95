package io.lsqroutes.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where Kafka's brokers are: {@code host:port}, or several with commas between. */
final class BrokerAddresses {
    static final String EXPECTED =
            "host:port with a port from 1 to 65535, or several with commas between; an IPv6 address stands in brackets, such as [::1]:9092";

    /** An underscore is in no name of DNS, but in names of containers, and Kafka takes it. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<host>[A-Za-z0-9._-]+|\\[(?<six>[0-9A-Fa-f:.]+)(%[A-Za-z0-9._-]+)?]):(?<port>[0-9]{1,9})");

    private BrokerAddresses() {}

    /** The addresses without blanks; empty where one of them is none. */
    static Optional<String> read(String value) {
        List<String> addresses =
                Arrays.stream(value.split(",", -1)).map(String::trim).toList();
        return addresses.stream().allMatch(BrokerAddresses::isAddress)
                ? Optional.of(String.join(",", addresses))
                : Optional.empty();
    }

    private static boolean isAddress(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return false;
        }
        int port = Integer.parseInt(address.group("port"));
        String six = address.group("six");
        return port >= 1 && port <= 65_535 && (six == null || isIpv6(six));
    }

    /** Nobody is asked: what holds a colon is no name. */
    private static boolean isIpv6(String text) {
        try {
            return text.indexOf(':') >= 0 && InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
