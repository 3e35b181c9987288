package dev.holdfast.cluster.fabric8;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/// The JDK's HTTP client as Fabric8 configures it, except that it follows no redirect: an API server sends none to
/// its clients, and one in its place must not be given the credentials.
final class HttpFactory extends JdkHttpClientFactory {

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER);
    }
}
