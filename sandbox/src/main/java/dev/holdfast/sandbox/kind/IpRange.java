package dev.holdfast.sandbox.kind;

import java.util.Optional;
import java.util.regex.Pattern;

/// A range of IP addresses: `10.0.0.0/8`. The address may have more bits than the prefix.
public record IpRange(IpAddress address, int bits) {

    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    public static Optional<IpRange> find(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || !BITS.matcher(text.substring(slash + 1)).matches()) return Optional.empty();
        int bits = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.find(text.substring(0, slash))
                .filter(address -> bits <= address.bytes().length * 8)
                .map(address -> new IpRange(address, bits));
    }

    public boolean contains(IpAddress other) {
        return other.isFour() == address.isFour() && other.masked(bits).equals(address.masked(bits));
    }

    public boolean contains(IpRange other) {
        return other.bits >= bits && contains(other.address);
    }

    public IpRange masked() {
        return new IpRange(address.masked(bits), bits);
    }

    @Override
    public String toString() {
        return address + "/" + bits;
    }
}
