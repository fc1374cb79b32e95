package io.lsqroutes.leadsquared;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.lsqroutes.event.Secret;
import java.io.IOException;

/** Writes a secret in clear; named only where the request to LeadSquared needs it. */
final class RevealedSecret extends JsonSerializer<Secret> {
    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString(secret.reveal());
    }
}
