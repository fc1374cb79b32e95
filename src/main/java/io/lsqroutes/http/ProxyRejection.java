package io.lsqroutes.http;

import java.io.IOException;

/** The proxy did not let a call through: nothing of it reached LeadSquared. */
public final class ProxyRejection extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ProxyRejection(int status) {
        super("the proxy answers " + status);
        this.status = status;
    }

    /** The same for people. */
    public String cause() {
        String asks = status == 407 ? " (lsq.proxy.user and lsq.proxy.password are missing or wrong)" : "";
        return "the proxy lets no call through, it answers " + status + asks;
    }
}
