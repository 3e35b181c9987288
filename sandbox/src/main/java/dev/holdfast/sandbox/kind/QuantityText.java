package dev.holdfast.sandbox.kind;

import java.math.BigInteger;
import java.util.Optional;

/// The spelling of quantities: their parts, their suffixes, and how a number with an exponent is written.
final class QuantityText {

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final String SUFFIX_LETTERS = "eEinumkKMGTP";

    private QuantityText() {}

    /// Which family of suffixes a quantity was written with; it is answered in the same one where that is exact.
    enum Format {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    record Unit(Format format, int exponent) {
        boolean binary() {
            return format == Format.BINARY;
        }
    }

    /// `whole` is without leading zeros ("0" where nothing is left).
    record Parts(boolean positive, String whole, String fraction, String suffix) {
        /// The digits without the point.
        String shifted() {
            return whole + fraction;
        }

        String digits() {
            return shifted();
        }
    }

    static Optional<Parts> split(String text) {
        int at = 0;
        boolean positive = true;
        if (text.charAt(0) == '-' || text.charAt(0) == '+') {
            positive = text.charAt(0) == '+';
            at++;
        }
        int start = at;
        while (at < text.length() && text.charAt(at) == '0') at++;
        if (at == text.length()) return Optional.of(new Parts(positive, "0", "", ""));
        int whole = at;
        at = digitsEnd(text, at);
        var number = at == whole ? "0" : text.substring(whole, at);
        var fraction = "";
        if (at < text.length() && text.charAt(at) == '.') {
            int point = at + 1;
            at = digitsEnd(text, point);
            fraction = text.substring(point, at);
        }
        // a suffix alone is no number, whatever the letters
        if (at == start) return Optional.empty();
        int suffix = at;
        while (at < text.length() && SUFFIX_LETTERS.indexOf(text.charAt(at)) >= 0) at++;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) at++;
        at = digitsEnd(text, at);
        if (at != text.length()) return Optional.empty();
        return Optional.of(new Parts(positive, number, fraction, text.substring(suffix)));
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
        return at;
    }

    static Optional<Unit> unit(String suffix) {
        for (int i = 0; i < DECIMAL.length; i++) {
            if (DECIMAL[i].equals(suffix)) return Optional.of(new Unit(Format.DECIMAL, (i - 3) * 3));
        }
        for (int i = 1; i < BINARY.length; i++) {
            if (BINARY[i].equals(suffix)) return Optional.of(new Unit(Format.BINARY, i * 10));
        }
        boolean exponent = suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E');
        return exponent ? exponent(suffix.substring(1)) : Optional.empty();
    }

    /// Exponents of more than nine digits are refused: none of them is an amount of anything.
    private static Optional<Unit> exponent(String digits) {
        if (!digits.matches("[-+]?[0-9]{1,9}")) return Optional.empty();
        return Optional.of(new Unit(Format.EXPONENT, Integer.parseInt(digits)));
    }

    static String binarySuffix(int power) {
        return BINARY[power];
    }

    /// `exponent` is a multiple of three.
    static String decimal(BigInteger mantissa, int exponent, Format format) {
        if (exponent == 0) return mantissa.toString();
        if (format == Format.EXPONENT) return mantissa + "e" + exponent;
        int position = exponent / 3 + 3;
        if (position < 0) return mantissa + "e" + exponent;
        if (position < DECIMAL.length) return mantissa + DECIMAL[position];
        int surplus = exponent - 18;
        return surplus > 30 ? mantissa + "e" + exponent : mantissa.multiply(BigInteger.TEN.pow(surplus)) + "E";
    }
}
