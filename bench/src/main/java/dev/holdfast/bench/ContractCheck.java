package dev.holdfast.bench;

import dev.holdfast.cluster.fabric8.Fabric8Transport;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.testkit.api.CaseFiles;
import dev.holdfast.testkit.api.ContractCase;
import dev.holdfast.testkit.api.ContractRun;
import dev.holdfast.testkit.api.ContractServer;
import dev.holdfast.testkit.api.Notation;
import dev.holdfast.testkit.api.Verdict;
import dev.holdfast.testkit.api.Verdict.Outcome;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// `./dev contract --kubeconfig FILE`: the cases that the sandbox is held to, on any cluster. Everything that they
/// make is named after the run and goes when its case ends.
public final class ContractCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ContractCheck() {}

    /// @param only files of cases to run, or none for all
    record Options(Path kubeconfig, String context, String image, Set<String> offers, Set<String> only) {

        static Options parse(String... flags) {
            var kubeconfig = "";
            var context = "";
            var image = "";
            var offers = new TreeSet<String>();
            var only = new TreeSet<String>();
            for (int i = 0; i < flags.length; i++) {
                boolean last = i + 1 == flags.length;
                if (last) throw new IllegalArgumentException("contract: " + flags[i] + " needs a value");
                switch (flags[i]) {
                    case "--kubeconfig" -> kubeconfig = flags[++i];
                    case "--context" -> context = flags[++i];
                    case "--image" -> image = flags[++i];
                    case "--has" -> offers.addAll(List.of(flags[++i].split(",")));
                    case "--only" -> only.addAll(List.of(flags[++i].split(",")));
                    default -> throw new IllegalArgumentException("contract does not know " + flags[i]);
                }
            }
            if (kubeconfig.isEmpty()) throw new IllegalArgumentException("contract needs --kubeconfig FILE");
            return new Options(Path.of(kubeconfig), context, image, offers, only);
        }
    }

    public static void main(String[] arguments) {
        if (arguments.length == 0 || List.of(arguments).contains("--help")) {
            System.out.println("""
                    ./dev contract --kubeconfig FILE [--context NAME] [--image IMAGE] [--has loadbalancer,ingress] [--only FILES]
                        The cases that the sandbox is held to, on any cluster, as a user who may do everything there.
                        --image   an image that stays up and that the cluster can pull; without it, cases that run Pods are skipped
                        --has     what the cluster has beside what every cluster has
                        --only    some files of cases: apply,watch
                    """);
            System.exit(arguments.length == 0 ? 2 : 0);
        }
        try {
            System.exit(run(Options.parse(arguments), System.out));
        } catch (IllegalArgumentException | FaultException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    /// Prints what differs; 1 where anything does.
    static int run(Options options, PrintStream out) {
        try (var tasks = new VirtualThreadTasks(PATIENCE, (name, failure) -> out.println(name + ": " + failure));
                var api = Fabric8Transport.fromKubeconfig(List.of(options.kubeconfig()), options.context())) {
            var server = server(api, tasks, options);
            var cases = cases(server, options.only());
            out.println("run " + server.run() + ": " + cases.size() + " cases");
            var told = new Progress(out);
            var verdicts = new ArrayList<Verdict>();
            var task = tasks.spawn("contract", () -> verdicts.addAll(new ContractRun(server).run(cases, told::tell)));
            task.await();
            told.end();
            out.print(ContractRun.report(verdicts));
            boolean whole = verdicts.size() == cases.size();
            boolean passed = verdicts.stream().noneMatch(verdict -> verdict.outcome() == Outcome.FAILED);
            return whole && passed ? 0 : 1;
        }
    }

    static ContractServer server(ApiTransport api, Tasks tasks, Options options) {
        var run = Long.toString(Math.floorMod(new Random().nextLong(), 60_466_176L), 36);
        return new ContractServer(api, tasks, new Texts(), run, options.image(), options.offers());
    }

    static List<ContractCase> cases(ContractServer server, Set<String> only) {
        return new CaseFiles(server.notation())
                .all().stream()
                        .filter(each -> only.isEmpty() || only.contains(each.file()))
                        .toList();
    }

    /// A mark per case.
    private static final class Progress {
        private final PrintStream out;
        private int told;

        Progress(PrintStream out) {
            this.out = out;
        }

        void tell(Verdict verdict) {
            out.print(
                    switch (verdict.outcome()) {
                        case PASSED -> ".";
                        case FAILED -> "F";
                        case SKIPPED -> "s";
                    });
            if (++told % 100 == 0) out.println();
            out.flush();
        }

        void end() {
            out.println();
        }
    }

    private static final class Texts implements Notation {
        @Override
        public Mapping yaml(String path, byte[] text) {
            return YamlReader.go2().object(path, text, Limits.FILE);
        }

        @Override
        public Value readJson(byte[] json) {
            return JsonReader.read(json);
        }

        @Override
        public byte[] writeJson(Value value) {
            return JsonWriter.write(value);
        }
    }
}
