package dev.holdfast.demo;

import java.util.List;
import java.util.stream.Stream;

/// The flags that `./holdfast` gives its programs; docs/decisions/0022-one-compiler.md and 0024-class-archives.md say
/// why.
public final class JavaFlags {

    private static final List<String> EARLY =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.1");

    public static final List<String> UP = EARLY;
    public static final List<String> SANDBOX = and(EARLY, "--sun-misc-unsafe-memory-access=allow");
    static final List<String> COMMAND = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private JavaFlags() {}

    /// With one more.
    public static List<String> and(List<String> flags, String flag) {
        return Stream.concat(flags.stream(), Stream.of(flag)).toList();
    }
}
