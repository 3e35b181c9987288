package dev.holdfast.sandbox;

import dev.holdfast.sandbox.door.HttpDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/// The file that tells kubectl how to reach a sandbox. It holds the administrator's token: only its owner may read
/// it.
public final class Kubeconfig {

    private Kubeconfig() {}

    public static String text(HttpDoor door, String token) {
        var trust = door.certificate()
                .map(pem -> "\n    certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)))
                .orElse("");
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: sandbox
                  cluster:
                    server: %s%s
                users:
                - name: admin
                  user:
                    token: %s
                contexts:
                - name: sandbox
                  context:
                    cluster: sandbox
                    user: admin
                current-context: sandbox
                """.formatted(door.url(), trust, token);
    }

    /// Writes it whole or not at all.
    public static void write(Path file, HttpDoor door, String token) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        var made = Files.createTempFile(
                folder,
                ".kubeconfig",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, text(door, token));
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
