package dev.holdfast.port;

import dev.holdfast.model.EditDistance;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which commit a ref of an app means, among the refs that a repository has. Pure.
///
/// A short name is a branch before it is a tag: Argo CD's users write both into one field and mean the moving one
/// far more often, and Flux asks for a branch by default. Where a repository has both, the choice is told in a
/// note; the full name (`refs/tags/…`) says which one is meant.
public final class Refs {

    private static final int SHOWN = 5;
    private static final int LONGEST = 1024;

    private Refs() {}

    /// The commit, the ref that led to it (a full name, `HEAD`, or the commit itself), and what a person should
    /// know about the choice; empty where there is nothing to say.
    public record Resolved(String ref, String commit, String note) {}

    /// @param refs what {@link GitHost.Store#refs} answered
    /// @param wanted a branch, a tag, a full ref, or a commit of 40 hex digits; `HEAD` where absent
    /// @throws FaultException `RefRefused` for a name that can't be one, `RepositoryEmpty`, or `RefNotFound` with
    /// similar names
    public static Resolved resolve(Map<String, String> refs, Optional<String> wanted) {
        var name = wanted.filter(text -> !text.isEmpty()).orElse("HEAD");
        var id = name.toLowerCase(Locale.ROOT);
        if (commit(id)) return new Resolved(id, id, "");
        check(name);
        if (refs.isEmpty()) {
            throw new FaultException(
                    Fault.terminal("RepositoryEmpty", "the repository has no branch yet", "Push a first commit to it"));
        }
        if (name.equals("HEAD") || name.startsWith("refs/")) {
            var commit = refs.get(name);
            if (commit == null) throw notFound(refs, name);
            return new Resolved(name, commit, "");
        }
        var branch = refs.get("refs/heads/" + name);
        var tag = refs.get("refs/tags/" + name);
        if (branch != null) {
            var note = tag == null || tag.equals(branch)
                    ? ""
                    : "'" + name + "' is a branch and a tag; the branch is taken. Write refs/tags/" + name
                            + " for the tag";
            return new Resolved("refs/heads/" + name, branch, note);
        }
        if (tag != null) return new Resolved("refs/tags/" + name, tag, "");
        throw notFound(refs, name);
    }

    /// `main` for `refs/heads/main`, `v1` for `refs/tags/v1`: what people read.
    public static String words(String ref) {
        if (ref.startsWith("refs/heads/")) return ref.substring("refs/heads/".length());
        return ref.startsWith("refs/tags/") ? ref.substring("refs/tags/".length()) : ref;
    }

    /// Whether a text is a whole commit id. Shortened ones are no ids: they may come to mean something else.
    public static boolean commit(String text) {
        return text.length() == 40 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /// Git's own rules for ref names, and a little more: nothing that a tool could take for an option, a range, a
    /// revision expression, a refspec or a path.
    private static void check(String name) {
        var why = fault(name);
        if (!why.isEmpty()) {
            throw new FaultException(Fault.terminal(
                    "RefRefused",
                    "'" + printable(name) + "' can't be a ref: " + why,
                    "Name a branch, a tag, a full ref like refs/tags/v1, or a commit of 40 lower-case hex digits"));
        }
    }

    private static String fault(String name) {
        if (name.length() > LONGEST) return "it is longer than " + LONGEST + " characters";
        if (name.startsWith("-")) return "it begins with '-'";
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) return "it has control characters";
        if (name.chars().anyMatch(c -> " ~^:?*[\\".indexOf(c) >= 0)) return "it has one of the characters ' ~^:?*[\\'";
        if (name.contains("..") || name.contains("@{") || name.equals("@")) return "it is a revision expression";
        if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) return "it has an empty part";
        if (name.endsWith(".")) return "it ends with '.'";
        for (var part : name.split("/", -1)) {
            if (part.startsWith(".") || part.endsWith(".lock"))
                return "one of its parts begins with '.' or ends with .lock";
        }
        return "";
    }

    private static FaultException notFound(Map<String, String> refs, String name) {
        var shortName = name.startsWith("refs/") ? name.substring(name.indexOf('/', 5) + 1) : name;
        var nearest = new TreeSet<>(Comparator.<String>comparingInt(ref -> distance(shortName, shorten(ref)))
                .thenComparing(ref -> ref));
        refs.keySet().stream()
                .filter(ref -> ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/"))
                .forEach(ref -> {
                    nearest.add(ref);
                    if (nearest.size() > SHOWN) nearest.pollLast();
                });
        var shown = nearest.stream().map(ref -> printable(shorten(ref))).toList();
        var next =
                shown.isEmpty() ? "The repository has no branches and no tags" : "It has " + String.join(", ", shown);
        return new FaultException(
                Fault.terminal("RefNotFound", "the repository has no branch, tag or ref '" + name + "'", next));
    }

    private static String shorten(String ref) {
        return ref.substring(ref.indexOf('/', 5) + 1);
    }

    /// Ref names come from a stranger's repository.
    private static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> shown.appendCodePoint(visible(c) ? c : '?'));
        return shown.toString();
    }

    private static boolean visible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE;
    }

    /// Of their first 100 characters.
    private static int distance(String left, String right) {
        return EditDistance.between(
                left.substring(0, Math.min(left.length(), 100)), right.substring(0, Math.min(right.length(), 100)));
    }
}
