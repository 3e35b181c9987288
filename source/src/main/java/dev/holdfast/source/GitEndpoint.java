package dev.holdfast.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// Git's smart HTTP protocol over repositories of this machine, stream in and stream out: any HTTP server can mount
/// it. Who may call it is the server's business.
public final class GitEndpoint {

    private static final Pattern PATH = Pattern.compile(
            "/([A-Za-z0-9][A-Za-z0-9._-]{0,99}?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";
    private static final long MOST_BYTES = 1L << 30;
    private static final Map<String, String> UNCACHED =
            Map.of("Cache-Control", "no-cache, max-age=0, must-revalidate", "Pragma", "no-cache");

    private final Function<String, Optional<LocalRepository>> repositories;
    private final Access access;

    public enum Access {
        READ,
        READ_AND_WRITE
    }

    /// @param path below the place where the endpoint is mounted: `/shop.git/info/refs`
    /// @param query as it stands in the URL, without the `?`; empty where there is none
    public record Request(String method, String path, String query, Map<String, String> headers, InputStream body) {

        public Request {
            var plain = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            plain.putAll(headers);
            headers = plain;
        }

        private String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// Status and headers go out first; then the body writes itself, reading the request as far as it needs.
    public record Reply(int status, Map<String, String> headers, Body body) {}

    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /// @param repositories by name, without `.git`
    public GitEndpoint(Function<String, Optional<LocalRepository>> repositories, Access access) {
        IsolatedSystem.install();
        this.repositories = repositories;
        this.access = access;
    }

    public Reply handle(Request request) throws IOException {
        var path = PATH.matcher(request.path());
        if (!path.matches()) return text(404, "there is no such path here");
        var found = repositories.apply(path.group(1));
        if (found.isEmpty()) return text(404, "there is no such repository");
        var repository = found.get().repository();
        return switch (path.group(2)) {
            case "info/refs" -> advertise(request, repository);
            case UPLOAD -> serve(request, UPLOAD, repository);
            default -> serve(request, RECEIVE, repository);
        };
    }

    private Reply advertise(Request request, Repository repository) throws IOException {
        if (!request.method().equals("GET")) return text(405, "GET only");
        var out = new ByteArrayOutputStream();
        var lines = new PacketLineOut(out);
        switch (request.query()) {
            case "service=" + UPLOAD ->
                upload(request, repository).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), UPLOAD);
            case "service=" + RECEIVE -> {
                if (access == Access.READ) return text(403, "this repository is read only");
                lines.writeString("# service=" + RECEIVE + "\n");
                lines.end();
                receive(repository).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            }
            default -> {
                return text(403, "only Git's smart protocol is spoken here");
            }
        }
        var service = request.query().substring("service=".length());
        return new Reply(200, typed("application/x-" + service + "-advertisement"), out::writeTo);
    }

    private Reply serve(Request request, String service, Repository repository) throws IOException {
        if (!request.method().equals("POST")) return text(405, "POST only");
        if (!request.header("Content-Type").equals("application/x-" + service + "-request")) {
            return text(415, "the content type is not that of " + service);
        }
        if (service.equals(RECEIVE) && access == Access.READ) return text(403, "this repository is read only");
        var body = body(request);
        return new Reply(200, typed("application/x-" + service + "-result"), out -> {
            if (service.equals(UPLOAD)) upload(request, repository).upload(body, out, null);
            else receive(repository).receive(body, out, null);
        });
    }

    private static InputStream body(Request request) throws IOException {
        var raw = new BufferedInputStream(request.body());
        return request.header("Content-Encoding").equals("gzip") ? new GZIPInputStream(raw) : raw;
    }

    private static UploadPack upload(Request request, Repository repository) {
        var pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        // a commit that was overtaken by a push between two requests is still handed out
        pack.setRequestPolicy(UploadPack.RequestPolicy.REACHABLE_COMMIT);
        var single = new PackConfig(repository);
        single.setThreads(1);
        pack.setPackConfig(single);
        var protocol = request.header("Git-Protocol");
        if (!protocol.isEmpty()) pack.setExtraParameters(List.of(protocol.split(":")));
        return pack;
    }

    private static ReceivePack receive(Repository repository) {
        var pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setAllowNonFastForwards(true);
        pack.setAllowDeletes(true);
        pack.setCheckReceivedObjects(true);
        pack.setMaxPackSizeLimit(MOST_BYTES);
        pack.setMaxObjectSizeLimit(MOST_BYTES);
        pack.setRefLogIdent(new PersonIdent("push", "push@localhost"));
        return pack;
    }

    private static Map<String, String> typed(String contentType) {
        var headers = new TreeMap<>(UNCACHED);
        headers.put("Content-Type", contentType);
        return headers;
    }

    private static Reply text(int status, String message) {
        var bytes = (message + "\n").getBytes(StandardCharsets.UTF_8);
        return new Reply(status, typed("text/plain; charset=utf-8"), out -> out.write(bytes));
    }
}
