package io.lsqroutes.route;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Lets an exchange into a part of a route, now or later. An exchange that waits holds no thread. */
public abstract class Gate implements Policy {

    /** The part of the route behind the gate. */
    @FunctionalInterface
    public interface Inside {
        /**
         * Takes the exchange through that part.
         *
         * @param end is told when the exchange has left it
         * @return whether the exchange has left it already
         */
        boolean process(AsyncCallback end);
    }

    /**
     * An exchange has come to the gate.
     *
     * @param callback is told when the exchange has left the part behind the gate, or is not let in
     * @return whether the exchange has left that part already
     */
    protected abstract boolean arrived(Exchange exchange, AsyncCallback callback, Inside inside);

    @Override
    public final void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare.
    }

    @Override
    public final Processor wrap(Route route, Processor processor) {
        return new DelegateAsyncProcessor(processor) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return arrived(exchange, callback, end -> super.process(exchange, end));
            }
        };
    }
}
