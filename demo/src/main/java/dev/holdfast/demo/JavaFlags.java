package dev.holdfast.demo;

import java.util.List;

/// The flags that `./holdfast` gives its programs; docs/decisions/0022-one-compiler.md says why.
public final class JavaFlags {

    public static final List<String> UP =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.1");
    static final List<String> SANDBOX = List.of("-XX:+UseSerialGC");
    static final List<String> COMMAND = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private JavaFlags() {}
}
