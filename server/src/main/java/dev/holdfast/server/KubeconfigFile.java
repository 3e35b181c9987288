package dev.holdfast.server;

import dev.holdfast.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A kubeconfig for the sandbox, readable by its owner only.
final class KubeconfigFile {

    private KubeconfigFile() {}

    /// In place at once or not at all: whoever waits for the file never reads half of it.
    static void write(Path file, String server, String token) throws IOException {
        write(file, server, Secret.of(token));
    }

    private static void write(Path file, String server, Secret token) throws IOException {
        var text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: sandbox
                  cluster:
                    server: %s
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
                        .formatted(server, token.reveal());
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var half = Files.createTempFile(folder, ".kubeconfig", "", owner);
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
