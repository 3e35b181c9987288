package dev.holdfast.yaml;

import java.nio.charset.StandardCharsets;

/// Doubles as Go's encoding/json prints them: the shortest digits that read back the same, plain from 1e-6 up to
/// below 1e21, with an exponent of no leading zero otherwise.
final class GoNumber {

    private GoNumber() {}

    static String json(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("JSON has no text for " + number);
        }
        if (number == 0) return 1 / number < 0 ? "-0" : "0";
        double size = Math.abs(number);
        var shortest = Decimal.of(size);
        var text = size < 1e-6 || size >= 1e21 ? shortest.scientific(1) : shortest.plain();
        return number < 0 ? "-" + text : text;
    }

    static byte[] jsonBytes(double number) {
        return json(number).getBytes(StandardCharsets.US_ASCII);
    }

    /// A key that reads as a float: sigs.k8s.io/yaml prints it through single precision.
    static String key(double number) {
        if (Double.isNaN(number)) return ".nan";
        float single = (float) number;
        if (Float.isInfinite(single)) return single > 0 ? ".inf" : "-.inf";
        if (single == 0) return number < 0 || 1 / number < 0 ? "-0" : "0";
        var text = general(Decimal.of(Math.abs(single)));
        return single < 0 ? "-" + text : text;
    }

    /// As strconv's 'g' with the shortest digits prints them, which is how YAML is written: an exponent of at least
    /// two digits below 1e-4 and from 1e6 on.
    static String general(double number) {
        if (number == 0) return 1 / number < 0 ? "-0" : "0";
        var text = general(Decimal.of(Math.abs(number)));
        return number < 0 ? "-" + text : text;
    }

    private static String general(Decimal shortest) {
        int exponent = shortest.exponent();
        return exponent < -4 || exponent >= 6 ? shortest.scientific(2) : shortest.plain();
    }

    /// digits d₀d₁d₂… mean d₀.d₁d₂… × 10^exponent
    private record Decimal(String digits, int exponent) {

        static Decimal of(double size) {
            return of(Double.toString(size), size);
        }

        /// The nearest decimals of single precision are fewer.
        static Decimal of(float size) {
            return of(Float.toString(size), Double.NaN);
        }

        private static Decimal of(String text, double size) {
            int e = text.indexOf('E');
            int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
            var mantissa = e < 0 ? text : text.substring(0, e);
            int dot = mantissa.indexOf('.');
            var digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
            exponent += dot - 1;
            int first = 0;
            while (digits.charAt(first) == '0') first++;
            int last = digits.length();
            while (digits.charAt(last - 1) == '0') last--;
            return new Decimal(digits.substring(first, last), exponent - first).oneDigit(size);
        }

        /// Java prints at least two digits and chooses the nearest such text; one digit may do (5e-324).
        private Decimal oneDigit(double size) {
            if (digits.length() != 2) return this;
            int down = digits.charAt(0) - '0';
            boolean up = digits.charAt(1) >= '5';
            var nearer = single(up ? down + 1 : down);
            if (nearer.reads(size)) return nearer;
            var farther = single(up ? down : down + 1);
            return farther.reads(size) ? farther : this;
        }

        private Decimal single(int digit) {
            return digit == 10 ? new Decimal("1", exponent + 1) : new Decimal(Integer.toString(digit), exponent);
        }

        private boolean reads(double size) {
            return !digits.equals("0") && Double.parseDouble(digits + "E" + exponent) == size;
        }

        String scientific(int exponentDigits) {
            var text = new StringBuilder(digits.substring(0, 1));
            if (digits.length() > 1) text.append('.').append(digits, 1, digits.length());
            text.append('e').append(exponent < 0 ? '-' : '+');
            var size = Integer.toString(Math.abs(exponent));
            return text.repeat('0', Math.max(0, exponentDigits - size.length()))
                    .append(size)
                    .toString();
        }

        String plain() {
            if (exponent < 0) return "0." + "0".repeat(-exponent - 1) + digits;
            if (digits.length() <= exponent + 1) return digits + "0".repeat(exponent + 1 - digits.length());
            return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
        }
    }
}
