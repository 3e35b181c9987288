package dev.holdfast.runtime;

import dev.holdfast.cluster.fabric8.Fabric8Transport;
import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.model.Secret;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

/// Both transports against the sandbox over HTTP, with production's scheduler.
class ClusterOverHttpTest {

    @Nested
    class Fabric8Requests extends HttpRequests {
        Fabric8Requests() throws IOException {
            super(text -> Fabric8Transport.fromForeignKubeconfig(Secret.of(text), ""));
        }
    }

    @Nested
    class Fabric8Follows extends HttpFollows {
        Fabric8Follows() throws IOException {
            super(text -> Fabric8Transport.fromForeignKubeconfig(Secret.of(text), ""));
        }
    }

    @Nested
    class LightRequests extends HttpRequests {
        LightRequests() throws IOException {
            super(text -> new LightTransport(Kubeconfig.load(text, "")));
        }
    }

    @Nested
    class LightFollows extends HttpFollows {
        LightFollows() throws IOException {
            super(text -> new LightTransport(Kubeconfig.load(text, "")));
        }
    }
}
