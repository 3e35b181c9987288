package dev.holdfast.sandbox.rule;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version by semver.org, without what its build says.
record Version(long major, long minor, long patch, List<String> prerelease) implements Comparable<Version> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern STRICT = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+");
    private static final Comparator<Version> BY_NUMBERS = Comparator.comparingLong(Version::major)
            .thenComparingLong(Version::minor)
            .thenComparingLong(Version::patch);

    static Optional<Version> find(String text) {
        var found = STRICT.matcher(text);
        if (!found.matches()) return Optional.empty();
        var prerelease = found.group(4) == null
                ? List.<String>of()
                : List.of(found.group(4).split("\\."));
        return Optional.of(new Version(
                Long.parseLong(found.group(1)),
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                prerelease));
    }

    /// Without a leading `v` and leading zeros, and with zeros for missing parts.
    static String normalized(String text) {
        var bare = text.startsWith("v") ? text.substring(1) : text;
        int end = 0;
        while (end < bare.length() && bare.charAt(end) != '-' && bare.charAt(end) != '+') end++;
        var parts = bare.substring(0, end).split("\\.", -1);
        var normalized = new StringBuilder();
        for (int i = 0; i < Math.max(3, parts.length); i++) {
            var part = i < parts.length ? parts[i] : "0";
            normalized.append(i == 0 ? "" : ".").append(part.replaceFirst("^0+(?=[0-9])", ""));
        }
        return normalized + bare.substring(end);
    }

    @Override
    public int compareTo(Version other) {
        int numbers = BY_NUMBERS.compare(this, other);
        if (numbers != 0) return numbers;
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
            int part = compare(prerelease.get(i), other.prerelease.get(i));
            if (part != 0) return part;
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    private static int compare(String left, String right) {
        boolean one = NUMERIC.matcher(left).matches();
        boolean two = NUMERIC.matcher(right).matches();
        if (one && two) return new BigInteger(left).compareTo(new BigInteger(right));
        return one == two ? Integer.signum(left.compareTo(right)) : one ? -1 : 1;
    }
}
