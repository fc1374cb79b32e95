package io.lsqroutes.settings;

import io.lsqroutes.event.Secret;
import io.lsqroutes.http.HostConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the settings that say how LeadSquared's host is reached: the extra CA, and the proxy. */
final class ConnectionSettings {
    private static final String CA_FILE = "lsq.ca-file";
    private static final String PROXY = "lsq.proxy";
    private static final String USER = "lsq.proxy.user";
    private static final String PASSWORD = "lsq.proxy.password";

    private ConnectionSettings() {}

    static HostConnection read(SettingsReader reader) {
        return new HostConnection(authorities(reader), proxy(reader));
    }

    private static List<X509Certificate> authorities(SettingsReader reader) {
        String file = reader.optional(CA_FILE);
        if (file.isEmpty()) {
            return List.of();
        }
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(Path.of(file)))) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                reader.problem(CA_FILE, "the file holds no certificate; expected one or more in PEM");
            }
            return certificates;
        } catch (IOException | InvalidPathException e) {
            reader.problem(CA_FILE, "the file cannot be read; expected certificates in PEM");
        } catch (CertificateException e) {
            reader.problem(CA_FILE, "the file holds something else than certificates; expected one or more in PEM");
        }
        return List.of();
    }

    private static HostConnection.@Nullable Proxy proxy(SettingsReader reader) {
        String value = reader.optional(PROXY);
        String user = reader.optional(USER);
        Secret password = reader.secret(PASSWORD);
        if (user.isEmpty() != (password == null)) {
            reader.problem(
                    user.isEmpty() ? USER : PASSWORD, "is missing; " + USER + " and " + PASSWORD + " go together");
        }
        if (value.isEmpty()) {
            if (!user.isEmpty() || password != null) {
                reader.problem(PROXY, "is missing; a user and a password of a proxy are set");
            }
            return null;
        }
        URI url = url(value);
        if (url == null) {
            // It is not repeated: it may hold a password.
            reader.problem(PROXY, "is not the address of a proxy; expected http://host:port");
            return null;
        }
        return new HostConnection.Proxy(url.getHost(), url.getPort(), user.isEmpty() ? null : user, password);
    }

    private static @Nullable URI url(String value) {
        try {
            URI url = new URI(value);
            boolean isProxy = "http".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() > 0
                    && url.getPort() <= 65_535
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null
                    && (url.getPath().isEmpty() || url.getPath().equals("/"));
            return isProxy ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
