package io.lsqroutes.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Calls the portal as any program can that has the account's keys. */
public final class Caller {
    private static final int TOO_MANY_REQUESTS = 429;

    private final Portal portal;

    public Caller(Portal portal) {
        this.portal = portal;
    }

    /** Asks for a mail; false where the portal refuses the call. On a connection of its own, for none is used again too late. */
    public boolean reset(String address) throws IOException {
        byte[] body = ("{\"EmailAddress\":\"" + address + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpURLConnection call = (HttpURLConnection)
                URI.create(portal.baseUrl() + Portal.FORGOT_PASSWORD).toURL().openConnection();
        try {
            call.setRequestMethod("POST");
            call.setRequestProperty("Connection", "close");
            call.setRequestProperty("Content-Type", "application/json");
            call.setRequestProperty("Authorization", portal.publicAuthKey());
            call.setRequestProperty("x-lsq-registertoken", portal.registerToken());
            call.setRequestProperty("x-lsq-portalid", PortalOptions.PORTAL_ID);
            call.setDoOutput(true);
            // Of another length it would be sent again unseen, where the connection fails.
            call.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = call.getOutputStream()) {
                out.write(body);
            }
            int status = call.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK && status != TOO_MANY_REQUESTS) {
                throw new IOException("the portal answers " + status);
            }
            return status == HttpURLConnection.HTTP_OK;
        } finally {
            call.disconnect();
        }
    }
}
