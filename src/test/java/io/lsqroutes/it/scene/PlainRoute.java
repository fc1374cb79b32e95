package io.lsqroutes.it.scene;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The same job as most would write it: from Kafka to the portal and back to Kafka, with Camel's defaults and nothing else;
 * or, where {@link #MANUAL_COMMIT} is set, with an offset committed after each outcome.
 */
public final class PlainRoute extends RouteBuilder {
    public static final String MANUAL_COMMIT = "PLAIN_MANUAL_COMMIT";

    private final Map<String, String> environment = System.getenv();

    private PlainRoute() {}

    public static void main(String[] args) throws Exception {
        // Camel's Main would find the bundle's own properties on the class path.
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new PlainRoute());
        context.start();
        Thread.currentThread().join();
    }

    @Override
    public void configure() {
        String brokers = environment.get("LSQ_KAFKA_BOOTSTRAP_SERVERS");
        // Read from the beginning, and a short session: neither has to do with what is shown here.
        boolean manualCommit = environment.containsKey(MANUAL_COMMIT);
        String commit = manualCommit
                ? "&autoCommitEnable=false&allowManualCommit=true&breakOnFirstError=true&kafkaManualCommitFactory=#class:"
                        + DefaultKafkaManualCommitFactory.class.getName()
                : "";
        from("kafka:reset-requested?groupId=plain&autoOffsetReset=earliest&sessionTimeoutMs=2000&heartbeatIntervalMs=200"
                        + commit + "&brokers=" + brokers)
                .process(PlainRoute::request)
                .removeHeaders("*", KafkaConstants.KEY, KafkaConstants.MANUAL_COMMIT)
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .setHeader("Authorization", constant(environment.get("LSQ_PUBLIC_AUTH_KEY")))
                .setHeader("x-LSQ-RegisterToken", constant(environment.get("LSQ_REGISTER_TOKEN")))
                .setHeader("x-LSQ-PortalId", constant(environment.get("LSQ_PORTAL_ID")))
                .to(environment.get("LSQ_HOST") + "/api/Authentication/SecureForgotPassword")
                .process(PlainRoute::outcome)
                .to("kafka:password-results?brokers=" + brokers)
                .filter(exchange -> manualCommit)
                .process(PlainRoute::commit);
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(KafkaConstants.KEY, String.class);
    }

    private static void request(Exchange exchange) {
        exchange.getMessage().setBody("{\"EmailAddress\":\"" + id(exchange) + "@example.com\"}");
    }

    private static void commit(Exchange exchange) {
        exchange.getMessage()
                .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                .commit();
    }

    private static void outcome(Exchange exchange) {
        String outcome = "{\"eventId\":\"" + id(exchange) + "\",\"status\":\"SUCCEEDED\",\"calls\":1}";
        exchange.getMessage().setBody(outcome.getBytes(StandardCharsets.UTF_8));
    }
}
