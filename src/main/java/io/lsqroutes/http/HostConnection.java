package io.lsqroutes.http;

import io.lsqroutes.event.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The way to LeadSquared's host.
 *
 * @param authorities whose signatures are accepted, beside the JDK's
 * @param proxy null where it is called directly
 */
public record HostConnection(
        List<X509Certificate> authorities, @Nullable Proxy proxy) {

    /**
     * An HTTP proxy.
     *
     * @param user null where it asks for none; then so is the password
     */
    public record Proxy(
            String host,
            int port,
            @Nullable String user,
            @Nullable Secret password) {}

    /** For people: which way a host is called. */
    public String way(String host) {
        return proxy == null ? host : host + " through the proxy " + proxy.host() + ':' + proxy.port();
    }

    /**
     * Makes this the client's way. An https call goes through a tunnel that the proxy makes, so that it reads
     * nothing.
     */
    void configure(HttpClientBuilder client) {
        if (!authorities.isEmpty() && client.getConnManager() instanceof PoolingHttpClientConnectionManager camels) {
            client.setConnectionManager(replacing(camels));
        }
        if (proxy == null) {
            return;
        }
        client.setProxy(new HttpHost("http", proxy.host(), proxy.port()));
        if (proxy.user() != null && proxy.password() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(proxy.host(), proxy.port()),
                    new UsernamePasswordCredentials(
                            proxy.user(), proxy.password().reveal().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        }
    }

    /** As many connections as Camel's, with the authorities. Camel takes TLS parameters for https hosts alone. */
    private PoolingHttpClientConnectionManager replacing(PoolingHttpClientConnectionManager camels) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        tls(), HostnameVerificationPolicy.CLIENT, new DefaultHostnameVerifier()))
                .setMaxConnTotal(camels.getMaxTotal())
                .setMaxConnPerRoute(camels.getDefaultMaxPerRoute())
                .build();
    }

    /** One that knows all authorities, because a chain may have certificates of both kinds. */
    private SSLContext tls() {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (X509Certificate authority : trusting(null).getAcceptedIssuers()) {
                all.setCertificateEntry("jdk-" + ++count, authority);
            }
            for (X509Certificate authority : authorities) {
                all.setCertificateEntry("given-" + ++count, authority);
            }
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {trusting(all)}, null);
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The JDK cannot hold certificates", e);
        }
    }

    private static X509TrustManager trusting(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }
}
