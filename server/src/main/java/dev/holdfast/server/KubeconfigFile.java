package dev.holdfast.server;

import dev.holdfast.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;

/// A kubeconfig for the sandbox, readable by its owner only.
final class KubeconfigFile {

    private KubeconfigFile() {}

    /// `authority` is the certificate to trust, as PEM; empty for plain HTTP.
    record Server(String url, Optional<String> authority) {}

    /// In place at once or not at all: whoever waits for the file never reads half of it.
    static void write(Path file, Server server, Secret token) throws IOException {
        var trust = server.authority()
                .map(pem -> "\n    certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)))
                .orElse("");
        var text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: sandbox
                  cluster:
                    server: %s%s
                contexts:
                - name: sandbox
                  context:
                    cluster: sandbox
                    user: admin
                    namespace: default
                current-context: sandbox
                users:
                - name: admin
                  user:
                    token: %s
                """
                        .formatted(server.url(), trust, token.reveal());
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var half = Files.createTempFile(folder, ".kubeconfig", "", owner);
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
