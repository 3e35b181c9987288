package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class QuantityTest {

    private static final Map<String, String> ANSWERED = new TreeMap<>(Map.ofEntries(
            Map.entry("1000m", "1"),
            Map.entry("0.5Gi", "512Mi"),
            Map.entry("1024Mi", "1Gi"),
            Map.entry("0", "0"),
            Map.entry("0.0", "0"),
            Map.entry("00", "0"),
            Map.entry("1", "1"),
            Map.entry("1.0", "1"),
            Map.entry("100m", "100m"),
            Map.entry("0.1", "100m"),
            Map.entry("1.5", "1500m"),
            Map.entry("1500m", "1500m"),
            Map.entry("2000m", "2"),
            Map.entry("1.5Gi", "1536Mi"),
            Map.entry("1536Mi", "1536Mi"),
            Map.entry("1025Mi", "1025Mi"),
            Map.entry("512Ki", "512Ki"),
            Map.entry("1000Ki", "1000Ki"),
            Map.entry("1000k", "1M"),
            Map.entry("1e3", "1e3"),
            Map.entry("1E3", "1E3"),
            Map.entry("1000e3", "1e6"),
            Map.entry("10e4", "100e3"),
            Map.entry("1e0", "1e0"),
            Map.entry("1E", "1E"),
            Map.entry("0.1Mi", "104857600m"),
            Map.entry("1.5n", "2n"),
            Map.entry("0.5n", "1n"),
            Map.entry("-1", "-1"),
            Map.entry("-1000m", "-1"),
            Map.entry("+5", "+5"),
            Map.entry("12.345", "12.345"),
            Map.entry("12.3450", "12345m"),
            Map.entry("123456789012345678901234567890Ki", "9223372036854775807"),
            Map.entry("5.", "5."),
            Map.entry(".5", "500m")));

    @TestFactory
    Stream<DynamicTest> writesAsTheServerDoes() {
        return ANSWERED.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertThat(Quantity.find(each.getKey()).map(Quantity::toString))
                                .contains(each.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNone() {
        return Stream.of(
                        "", " ", "1 ", "x", "1Gb", "1gi", "1.2.3", "--1", "1e", "1e1.5", "Ki", "1Mi2", "0x10", "1_000",
                        "m")
                .map(text -> DynamicTest.dynamicTest(
                        "'" + text + "'", () -> assertThat(Quantity.find(text)).isEmpty()));
    }

    @Test
    void namesFormatAndSuffixAsTheServerDoes() {
        assertThat(Quantity.parse("1Gb")).isEqualTo(new Quantity.Parsed.Bad(Quantity.FORMAT_ERROR));
        assertThat(Quantity.parse("1gi")).isEqualTo(new Quantity.Parsed.Bad(Quantity.FORMAT_ERROR));
        assertThat(Quantity.parse("1kMG")).isEqualTo(new Quantity.Parsed.Bad(Quantity.SUFFIX_ERROR));
    }

    @Test
    void takesHugeExponentsWithoutExpandingThem() {
        assertThat(Quantity.find("1e999999999")).map(Quantity::toString).contains("1e999999999");
        assertThat(Quantity.find("10e999999999")).map(Quantity::toString).contains("10e999999999");
        assertThat(Quantity.find("1e-999999999")).map(Quantity::toString).contains("1e-9");
        assertThat(Quantity.find("1e9999999999")).isEmpty();
        assertThat(Quantity.find("1e999999999").orElseThrow())
                .isGreaterThan(Quantity.find("1E").orElseThrow());
        assertThat(Quantity.find("9".repeat(100_000))).isEmpty();
    }

    @Test
    void roundsAmountsOfResourcesUpToThousandths() {
        assertThat(Quantity.find("100u").orElseThrow().roundedToMilli().toString())
                .isEqualTo("1m");
        assertThat(Quantity.find("1500u").orElseThrow().roundedToMilli().toString())
                .isEqualTo("2m");
        assertThat(Quantity.find("3").orElseThrow().roundedToMilli().toString()).isEqualTo("3");
    }

    @Property
    void keepsTheAmountInCanonicalText(
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int number, @ForAll Suffix suffix) {
        var quantity = Quantity.find(number + suffix.text).orElseThrow();
        assertThat(quantity.amount()).isEqualByComparingTo(suffix.factor.multiply(BigDecimal.valueOf(number)));
        assertThat(Quantity.find(quantity.toString()).orElseThrow().amount()).isEqualByComparingTo(quantity.amount());
    }

    @Property
    void answersEveryTextAtOnce(@ForAll @StringLength(max = 40) String text) {
        assertThat(Quantity.parse(text)).isNotNull();
    }

    enum Suffix {
        NONE("", "1"),
        MILLI("m", "0.001"),
        KILO("k", "1000"),
        KIBI("Ki", "1024"),
        GIBI("Gi", "1073741824"),
        POWER("e2", "100");

        private final String text;
        private final BigDecimal factor;

        Suffix(String text, String factor) {
            this.text = text;
            this.factor = new BigDecimal(factor);
        }
    }
}
