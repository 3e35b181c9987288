package dev.holdfast.sandbox.kind;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address: 4 bytes or 16. Written in one way only, without zones and without IPv4 inside of IPv6.
public record IpAddress(byte[] bytes) {

    private static final Pattern FOUR =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:]{2,39}");

    /// Empty for anything else, never asking a name server.
    public static Optional<IpAddress> find(String text) {
        if (!FOUR.matcher(text).matches()
                && !(text.contains(":") && SIX.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            var parsed = InetAddress.ofLiteral(text);
            boolean mapped = parsed instanceof Inet4Address && text.contains(":");
            return mapped ? Optional.empty() : Optional.of(new IpAddress(parsed.getAddress()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public boolean isFour() {
        return bytes.length == 4;
    }

    private int at(int index) {
        return bytes[index] & 0xff;
    }

    public boolean unspecified() {
        for (byte each : bytes) if (each != 0) return false;
        return true;
    }

    public boolean loopback() {
        if (isFour()) return at(0) == 127;
        for (int i = 0; i < 15; i++) if (bytes[i] != 0) return false;
        return bytes[15] == 1;
    }

    public boolean linkLocalMulticast() {
        return isFour() ? at(0) == 224 && at(1) == 0 && at(2) == 0 : at(0) == 0xff && (at(1) & 0x0f) == 2;
    }

    public boolean linkLocalUnicast() {
        return isFour() ? at(0) == 169 && at(1) == 254 : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
    }

    private boolean multicast() {
        return isFour() ? (at(0) & 0xf0) == 0xe0 : at(0) == 0xff;
    }

    private boolean broadcast() {
        return isFour() && at(0) == 255 && at(1) == 255 && at(2) == 255 && at(3) == 255;
    }

    public boolean globalUnicast() {
        return !unspecified() && !loopback() && !multicast() && !linkLocalUnicast() && !broadcast();
    }

    /// Its first bits, the others zero.
    public IpAddress masked(int bits) {
        var masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] &= (byte) (0xff << (8 - kept));
        }
        return new IpAddress(masked);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// As RFC 5952 writes it: the longest run of zeros, the first of equal ones, is left out.
    @Override
    public String toString() {
        if (isFour()) return at(0) + "." + at(1) + "." + at(2) + "." + at(3);
        int longest = 1;
        int start = -1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(i + run) == 0) run++;
            if (run > longest) {
                longest = run;
                start = i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        return at(2 * index) << 8 | at(2 * index + 1);
    }
}
