package dev.holdfast.yaml;

import java.math.BigInteger;
import java.util.Optional;

/// Go's strconv.ParseInt and ParseUint with base 0, on texts whose underscores are gone: a sign, then `0x`, `0o`,
/// `0b` or a leading `0` for octal, in either case, then digits. After `0b` go-yaml tries once more what stands
/// there as a number of its own, with a sign.
final class GoInteger {

    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    /// 64 binary digits, a prefix and some zeros: what is longer cannot be in range unless it is mostly zeros.
    private static final int LONGEST = 4_096;

    private GoInteger() {}

    /// Digits that are a decimal number of int64 without a doubt, as most integers are.
    static boolean small(String text) {
        if (text.length() > 18 || text.charAt(0) == '0' && text.length() > 1) return false;
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }

    /// The number if it is in the range of int64, or unsigned and in that of uint64.
    static Optional<BigInteger> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) return Optional.empty();
        return signedAfter("0b", 2, text).or(() -> number(text));
    }

    /// `0b-1` is -1 in go-yaml, and v3 reads `0o-7` the same way.
    static Optional<BigInteger> signedAfter(String prefix, int radix, String text) {
        int sign = prefix.length();
        if (!text.startsWith(prefix) || text.length() < sign + 2 || text.length() > LONGEST) return Optional.empty();
        if (text.charAt(sign) != '-' && text.charAt(sign) != '+') return Optional.empty();
        var digits = text.substring(sign + 1);
        if (!allDigits(digits, radix)) return Optional.empty();
        var size = new BigInteger(digits, radix);
        var number = text.charAt(sign) == '-' ? size.negate() : size;
        return number.bitLength() < 64 ? Optional.of(number) : Optional.empty();
    }

    private static Optional<BigInteger> number(String text) {
        char sign = text.charAt(0);
        boolean signed = sign == '-' || sign == '+';
        var size = signed ? text.substring(1) : text;
        int radix = radix(size);
        var digits = switch (radix) {
            case 10 -> size;
            case 8 -> octalDigits(size);
            default -> size.substring(2);
        };
        if (digits.isEmpty() || !allDigits(digits, radix)) return Optional.empty();
        var number = new BigInteger(digits, radix);
        if (sign == '-') number = number.negate();
        if (number.compareTo(SMALLEST) < 0) return Optional.empty();
        var largest = signed ? BigInteger.valueOf(Long.MAX_VALUE) : LARGEST;
        return number.compareTo(largest) > 0 ? Optional.empty() : Optional.of(number);
    }

    private static int radix(String size) {
        if (size.length() < 2 || size.charAt(0) != '0') return 10;
        return switch (size.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    private static String octalDigits(String size) {
        char second = size.charAt(1);
        return size.substring(second == 'o' || second == 'O' ? 2 : 1);
    }

    private static boolean allDigits(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c >= 0x80 || Character.digit(c, radix) < 0) return false;
        }
        return true;
    }
}
