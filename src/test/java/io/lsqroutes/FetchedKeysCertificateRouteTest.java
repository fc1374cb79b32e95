package io.lsqroutes;

import io.lsqroutes.sandbox.PortalOptions;
import java.util.HashMap;
import java.util.Map;

/** The same with keys that have yet to be fetched: the key call is the first that meets the certificate. */
class FetchedKeysCertificateRouteTest extends CertificateRouteTest {
    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.public.auth-key", "");
        settings.put("lsq.register.token", "");
        settings.put("lsq.access-key", PortalOptions.ACCESS_KEY);
        settings.put("lsq.secret-key", PortalOptions.SECRET_KEY);
        return settings;
    }
}
