package dev.holdfast.cluster;

import java.util.regex.Pattern;

/// How long a transport waits for the next line of a watch. The server ends a watch at its `timeoutSeconds`: what
/// is silent beyond that is a connection that was lost without a word.
public final class WatchTimes {

    private static final Pattern TIMEOUT = Pattern.compile("[?&]timeoutSeconds=([0-9]{1,6})(&|$)");
    private static final long GRACE_SECONDS = 15;
    private static final long OTHERS_SECONDS = 3600;

    private WatchTimes() {}

    /// For the target of a watch; an hour where it names no timeout.
    public static long idleMillis(String target) {
        var found = TIMEOUT.matcher(target);
        long seconds = found.find() ? Long.parseLong(found.group(1)) + GRACE_SECONDS : OTHERS_SECONDS;
        return seconds * 1000;
    }
}
