package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kubectl create KIND …` sends protobuf. What it means by it is what it prints as JSON when asked not to send it;
/// the server's dry run must know every field of that.
@Tag("slow")
class KubectlCreateTest {

    private static final List<String> COMMANDS = List.of(
            "create clusterrole reader --verb=get,list --resource=pods,deployments.apps --resource-name=a",
            "create clusterrole paths --verb=get --non-resource-url=/logs/*",
            "create clusterrole sum --aggregation-rule=a=b",
            "create clusterrolebinding reading --clusterrole=view --user=jane --group=team --serviceaccount=default:bot",
            "create configmap settings --from-literal=a=1 --from-literal=b=two",
            "create cronjob nightly --image=i:1 --schedule=0_0_*_*_* --restart=Never -- sh -c date",
            "create deployment web --image=i:1 --image=j --replicas=3 --port=8080",
            "create ingress web --class=nginx --rule=foo.example/bar*=svc:80,tls=secret --rule=/x=svc:http --annotation=a=b",
            "create ingress front --default-backend=svc:80",
            "create job once --image=i:1 -- date",
            "create namespace team",
            "create poddisruptionbudget calm --selector=app=web --min-available=50%",
            "create poddisruptionbudget few --selector=app=web --max-unavailable=2",
            "create priorityclass high --value=1000 --description=urgent --preemption-policy=Never",
            "create quota small --hard=cpu=1,memory=1G,pods=2 --scopes=BestEffort",
            "create role reader --verb=get --resource=pods,services/status",
            "create rolebinding reading --role=reader --user=jane",
            "create secret generic keys --from-literal=a=1 --type=example.com/t",
            "create secret docker-registry pull --docker-username=u --docker-password=p --docker-server=r",
            "create service clusterip web --tcp=80:8080 --tcp=5678",
            "create service clusterip headless --clusterip=None",
            "create service nodeport open --tcp=80:8080 --node-port=30080",
            "create service loadbalancer wide --tcp=80:8080",
            "create service externalname away --external-name=bar.example",
            "create serviceaccount bot",
            "run alone --image=i:1 --port=80 --env=A=1 --labels=a=b --restart=Never -- sleep 5");

    @TempDir
    Path folder;

    private String kubectl(List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("kubectl", "--cache-dir", folder.resolve("cache").toString()));
        command.addAll(words);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", folder.resolve("config").toString());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }

    private static boolean present() throws InterruptedException {
        try {
            var version = new ProcessBuilder("kubectl", "version", "--client");
            return version.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @Test
    void whatIsSentAsProtobufArrivesWhole() throws IOException, InterruptedException {
        boolean present = present();
        if ("true".equals(System.getenv("CI")))
            assertThat(present).as("kubectl is there in CI").isTrue();
        Assumptions.assumeTrue(present, "skipped: kubectl is not installed");
        try (var sandbox = Sandbox.start(SandboxOptions.inMemory(3), new ThreadTasks())) {
            var door = sandbox.listen(HttpDoor.Options.loopback(0).over(HttpDoor.Wire.TLS));
            Kubeconfig.write(folder.resolve("config"), door, sandbox.adminToken());
            for (var command : COMMANDS) {
                var meant = object(command, "client");
                var understood = object(command, "server");
                assertThat(missing(meant, understood, "")).as(command).isEmpty();
            }
        }
    }

    private Mapping object(String command, String dryRun) throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        var parts = command.split(" -- ", 2);
        for (var word : parts[0].split(" ")) words.add(word.startsWith("--schedule") ? word.replace('_', ' ') : word);
        words.addAll(List.of("--dry-run=" + dryRun, "-o", "json"));
        if (parts.length > 1) {
            words.add("--");
            words.addAll(List.of(parts[1].split(" ")));
        }
        return JsonReader.readObject(kubectl(words).getBytes(StandardCharsets.UTF_8));
    }

    /// What the client means and the server has not got. Empty values mean nothing.
    private static List<String> missing(Value meant, Value understood, String path) {
        var missing = new ArrayList<String>();
        if (meant instanceof Mapping map && understood instanceof Mapping other) {
            for (var field : map) {
                var found = other.get(field.key());
                var place = path + "." + field.key();
                if (empty(field.value())) continue;
                if (found == null) missing.add(place + " is missing");
                else missing.addAll(missing(field.value(), found, place));
            }
        } else if (meant instanceof Sequence list
                && understood instanceof Sequence other
                && list.size() == other.size()) {
            for (int i = 0; i < list.size(); i++)
                missing.addAll(missing(list.get(i), other.get(i), path + "[" + i + "]"));
        } else if (!meant.equals(understood)) {
            missing.add(path + " is " + understood + ", not " + meant);
        }
        return missing;
    }

    private static boolean empty(Value value) {
        return switch (value) {
            case Value.Null _ -> true;
            case Mapping map -> map.fields().stream().allMatch(field -> empty(field.value()));
            case Sequence list -> list.isEmpty();
            case Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value.equals(Value.of(""));
        };
    }
}
