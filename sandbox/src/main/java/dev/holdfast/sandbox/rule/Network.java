package dev.holdfast.sandbox.rule;

import java.util.Optional;
import java.util.regex.Pattern;

/// A range of IP addresses: `10.0.0.0/8`. The address may have more bits than the prefix.
record Network(Address address, int bits) {

    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    static Optional<Network> find(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || !BITS.matcher(text.substring(slash + 1)).matches()) return Optional.empty();
        int bits = Integer.parseInt(text.substring(slash + 1));
        return Address.find(text.substring(0, slash))
                .filter(address -> bits <= address.bytes().length * 8)
                .map(address -> new Network(address, bits));
    }

    boolean contains(Address other) {
        return other.isFour() == address.isFour() && other.masked(bits).equals(address.masked(bits));
    }

    boolean contains(Network other) {
        return other.bits >= bits && contains(other.address);
    }

    Network masked() {
        return new Network(address.masked(bits), bits);
    }

    @Override
    public String toString() {
        return address + "/" + bits;
    }
}
