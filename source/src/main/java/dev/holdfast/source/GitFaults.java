package dev.holdfast.source;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.port.Tasks;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.jspecify.annotations.Nullable;

/// What can go wrong with a repository, in one place: stable codes, no secrets, and a next step. Texts from a
/// server are not repeated: they are a stranger's.
final class GitFaults {

    static final String LABEL = "holdfast.dev/secret: repository";

    private GitFaults() {}

    static FaultException unreachable(String url, String why, @Nullable Throwable cause) {
        var fault = Fault.temporary(
                "RepositoryUnreachable", url + " can't be reached: " + why, "It is tried again by itself");
        return new FaultException(fault, cause);
    }

    static FaultException unreachable(String url, IOException cause) {
        var why = switch (cause) {
            case UnknownHostException _ -> "its host name is not known";
            case InterruptedIOException _ -> "no answer in time";
            default -> cause.getClass().getSimpleName();
        };
        return unreachable(url, why, cause);
    }

    static FaultException notAGitServer(String url, String contentType) {
        var page = contentType.startsWith("text/html");
        return new FaultException(Fault.temporary(
                "NotAGitServer",
                url + (page ? " answered with a web page, as a login or maintenance page does," : " answered")
                        + " instead of Git's protocol",
                "Check that the URL is the one to clone from, and that its host needs no login in a browser"));
    }

    static FaultException redirectRefused(String url, String target) {
        return new FaultException(Fault.temporary(
                "RedirectRefused",
                url + " redirects to another server: " + target,
                "If the repository has moved there, write that URL in the App"));
    }

    static FaultException credentialRefused(String url, int status) {
        return new FaultException(Fault.terminal(
                "CredentialRefused",
                url + " refused the credential (" + status + ")",
                "Look at the Secret labelled " + LABEL + " whose url covers this one"));
    }

    static FaultException credentialMissing(String url, int status) {
        return new FaultException(Fault.terminal(
                "CredentialRefused",
                url + " asks for a credential (" + status + "), and there is none for it",
                "Make a Secret labelled " + LABEL + " whose url covers this one"));
    }

    static FaultException notFound(String url) {
        return new FaultException(Fault.terminal(
                "RepositoryNotFound",
                url + " does not exist, or may not be seen by everyone",
                "Check the URL, or add a Secret labelled " + LABEL));
    }

    static FaultException notFoundFor(String url) {
        return new FaultException(Fault.terminal(
                "RepositoryNotFound",
                url + " does not exist, or may not be seen with this credential",
                "Check the URL, and what the credential may read"));
    }

    static FaultException certificateRefused(String url, String next, Throwable cause) {
        return new FaultException(
                Fault.terminal("CertificateRefused", "the certificate of " + url + " is not trusted", next), cause);
    }

    static FaultException noCertificate(String url, String why) {
        return new FaultException(Fault.terminal(
                "CertificateRefused",
                "the CA bundle for " + url + " can't be used: " + why,
                "ca.crt holds one or more PEM certificates"));
    }

    static FaultException commitNotFound(String url, String commit) {
        return new FaultException(Fault.terminal(
                "CommitNotFound",
                "commit " + commit + " is not in " + url + ", or the server does not hand it out",
                "Check the commit, or name a branch or tag that has it"));
    }

    static FaultException hostileCommit(String url, String commit) {
        return new FaultException(Fault.terminal(
                "HostileCommit", "commit " + commit + " of " + url + " is malformed", "Write it anew with git"));
    }

    static FaultException withheld(String url, String commit) {
        return unreachable(url, "it lists commit " + commit + " but does not hand it out", null);
    }

    static FaultException notFetched(String url, String commit) {
        return new FaultException(Fault.temporary(
                "CommitNotFetched",
                "commit " + commit + " of " + url + " is not here",
                "It is fetched at the next try"));
    }

    static FaultException tooLarge(String url, String what, long limit) {
        return new FaultException(Fault.terminal(
                "RepositoryTooLarge",
                url + " sends more than is allowed: " + what + " is over the limit of " + bytes(limit),
                "Raise the limit, or split the repository"));
    }

    static FaultException damaged(String url, @Nullable Throwable cause) {
        return new FaultException(
                Fault.temporary("StoreDamaged", "the local copy of " + url + " is damaged", "It is fetched anew"),
                cause);
    }

    static FaultException disk(String url, Throwable cause) {
        return new FaultException(
                Fault.temporary(
                        "StoreUnusable",
                        "the local copy of " + url + " can't be written: "
                                + cause.getClass().getSimpleName(),
                        "Check the cache folder: its disk's free space and its owner"),
                cause);
    }

    static FaultException inTree(String path, String code, String message, String next) {
        var place = path.isEmpty() ? Origin.NONE : Origin.at(path, 1, 1);
        return new FaultException(Fault.at(place, code, message, next));
    }

    /// What a failed transfer was, once JGit has wrapped it.
    static FaultException of(String url, Throwable failure, GitSettings.TransferLimits limits) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case FaultException fault -> {
                    return fault;
                }
                case Tasks.Cancelled cancelled -> throw cancelled;
                case TooLargeObjectInPackException _ -> {
                    return tooLarge(url, "an object", limits.objectBytes());
                }
                case TooLargePackException _ -> {
                    return tooLarge(url, "a pack", limits.packBytes());
                }
                case SSLException _ -> {
                    return unreachable(url, "the TLS connection broke", failure);
                }
                case java.nio.file.FileSystemException _ -> {
                    return disk(url, failure);
                }
                default -> {}
            }
        }
        return unreachable(url, "the transfer broke", failure);
    }

    static String bytes(long count) {
        if (count % (1L << 20) == 0) return (count >> 20) + " MiB";
        return count % (1L << 10) == 0 ? (count >> 10) + " KiB" : count + " bytes";
    }
}
