package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Snapshot;
import dev.holdfast.model.Value;
import dev.holdfast.render.FileWalk.Foreign;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.util.List;

/// A path of a snapshot to manifests. A pure function: the same snapshot and options give the same result.
public final class Render {

    private final Request request;
    private final RecordingSnapshot snapshot;
    private final Findings findings = new Findings();
    private final ObjectReader objects;
    private long bytes;

    private Render(Request request) {
        this.request = request;
        this.snapshot = new RecordingSnapshot(request.snapshot());
        this.objects = new ObjectReader(request.limits(), findings);
    }

    public static Result render(Request request) {
        var render = new Render(request);
        try {
            render.all();
        } catch (FaultException stopped) {
            // what was found before stays the first to be told; this ended the render
            render.findings.addLast(stopped.fault());
        }
        var reads = render.snapshot.reads();
        return render.findings.none()
                ? new Result.Rendered(render.objects.manifests(), reads)
                : new Result.Failed(render.findings.faults(), reads);
    }

    private void all() {
        var path = normal(request.path());
        var found = snapshot.entry(path).orElseThrow(() -> absent(path));
        boolean directory = found.kind() == Snapshot.Kind.DIRECTORY;
        switch (request.rendering()) {
            case Placement.Detected _
            when directory && Kustomization.in(snapshot, path).isPresent() -> kustomize(path, Kustomizing.UNCHANGED);
            case Placement.Detected _ -> plain(found, Placement.Plain.EVERYTHING, Foreign.REFUSED);
            case Placement.Plain options -> plain(found, options, Foreign.READ);
            case Placement.Kustomize options -> kustomize(path, options);
        }
    }

    private void kustomize(String path, Placement.Kustomize options) {
        for (var object : new Kustomizing(snapshot, path, options, request.limits()).objects()) {
            if (findings.full()) return;
            objects.read(object);
        }
    }

    private void plain(Snapshot.Entry found, Placement.Plain options, Foreign foreign) {
        var files = switch (found.kind()) {
            case DIRECTORY -> new FileWalk(snapshot, request.limits(), found.path(), options, foreign).files();
            case FILE -> List.of(manifestFile(found));
        };
        for (var file : files) {
            if (findings.full()) return;
            read(file);
        }
    }

    private static Snapshot.Entry manifestFile(Snapshot.Entry file) {
        int slash = file.path().lastIndexOf('/');
        FileWalk.refuseOthers(slash < 0 ? "" : file.path().substring(0, slash), file.name());
        if (FileWalk.isManifest(file.name())) return file;
        throw new FaultException(Fault.at(
                Origin.at(file.path(), 1, 1),
                "NotAManifest",
                "'" + file.path() + "' is neither a directory nor a file *.yaml, *.yml or *.json",
                "Let the App's path name one of these"));
    }

    /// People write `./apps/` for `apps`.
    private static String normal(String path) {
        var normal = path;
        while (normal.startsWith("./")) normal = normal.substring(2);
        while (normal.startsWith("/")) normal = normal.substring(1);
        while (normal.endsWith("/")) normal = normal.substring(0, normal.length() - 1);
        return normal.equals(".") ? "" : normal;
    }

    private FaultException absent(String path) {
        var next = NearestDirectory.to(path, request.snapshot())
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("The App's path is relative to the repository's root");
        return new FaultException(Fault.terminal(
                "PathNotFound",
                "there is no '" + path + "' in " + request.revision().words(),
                next));
    }

    private void read(Snapshot.Entry file) {
        var limits = request.limits();
        bytes += file.size();
        if (bytes > limits.totalBytes()) {
            throw new FaultException(Fault.at(
                    Origin.at(file.path(), 1, 1),
                    "TooLarge",
                    "the files have more than " + limits.totalBytes() + " bytes",
                    "Let the App's path name a smaller directory"));
        }
        if (file.size() > limits.fileBytes()) {
            findings.add(
                    Origin.at(file.path(), 1, 1),
                    "TooLarge",
                    "the file has " + file.size() + " bytes, the most are " + limits.fileBytes(),
                    "Split it");
            return;
        }
        for (var document : documents(file)) {
            if (findings.full()) return;
            objects.read(document);
        }
    }

    /// What is wrong with one file leaves the others to be looked at.
    private List<Value> documents(Snapshot.Entry file) {
        try {
            var text = snapshot.read(file.path());
            return YamlReader.go2().documents(file.path(), text, reading(request.limits()));
        } catch (FaultException broken) {
            if (!(broken.fault() instanceof Fault.Terminal terminal)) throw broken;
            findings.add(terminal);
            return List.of();
        }
    }

    private static Limits reading(RenderLimits limits) {
        return Limits.FILE.withBytes(limits.fileBytes()).withDocuments(limits.objects());
    }
}
