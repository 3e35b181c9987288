package dev.holdfast.runtime.git;

import dev.holdfast.model.Fault;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;

/// What people mean by a ref: nothing (HEAD), a branch, a tag, a full ref name or a whole commit id, in the order
/// in which Git itself looks them up, except that a branch wins over a tag of the same name: it is what is
/// deployed.
final class RefNames {

    private static final int COMMIT_DIGITS = 40;
    private static final int NAMES_SHOWN = 5;

    private RefNames() {}

    sealed interface Resolution {
        record Found(String ref, String commit) implements Resolution {}

        record Missing(Fault fault) implements Resolution {}
    }

    static boolean isCommit(String ref) {
        return ref.length() == COMMIT_DIGITS
                && ref.chars().allMatch(digit -> digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f');
    }

    static Resolution resolve(String wanted, Map<String, String> refs, String store) {
        if (isCommit(wanted)) return new Resolution.Found(wanted, wanted);
        if (refs.isEmpty()) {
            return new Resolution.Missing(Fault.terminal(
                    "RepositoryEmpty", store + " has no commit yet", "Push a branch, or correct the source's URL"));
        }
        for (var candidate : candidates(wanted)) {
            var commit = refs.get(candidate);
            if (commit != null) return new Resolution.Found(candidate, commit);
        }
        return new Resolution.Missing(Fault.terminal(
                "RefNotFound",
                store + " has no branch or tag " + (wanted.isEmpty() ? "HEAD" : wanted),
                "Correct the source's ref" + known(refs)));
    }

    private static ArrayList<String> candidates(String wanted) {
        var names = new ArrayList<String>();
        if (wanted.isEmpty() || wanted.equals("HEAD")) {
            names.add("HEAD");
            return names;
        }
        if (wanted.startsWith("refs/")) names.add(wanted);
        names.add("refs/heads/" + wanted);
        names.add("refs/tags/" + wanted);
        return names;
    }

    private static String known(Map<String, String> refs) {
        var branches = new TreeSet<String>();
        for (var ref : refs.keySet()) {
            if (ref.startsWith("refs/heads/")) branches.add(ref.substring("refs/heads/".length()));
        }
        if (branches.isEmpty()) return "";
        var shown = branches.stream().limit(NAMES_SHOWN).toList();
        return "; branches here: " + String.join(", ", shown) + (branches.size() > NAMES_SHOWN ? ", …" : "");
    }
}
