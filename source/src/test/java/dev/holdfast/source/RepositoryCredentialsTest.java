package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.model.Value;
import dev.holdfast.source.RepositoryCredentials.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryCredentialsTest {

    private static final Scope SHOP = new Scope("shop", "holdfast-system");

    @ParameterizedTest
    @CsvSource({
        "https://git.corp,             https://git.corp/team/app,          true",
        "https://git.corp/,            https://GIT.corp:443/team/app.git,  true",
        "https://git.corp/team,        https://git.corp/team/app,          true",
        "https://git.corp/team/,       https://git.corp/team,              true",
        "https://git.corp/team/app.git,https://git.corp/team/app,          true",
        "https://git.corp,             https://git.corp.evil/team/app,     false",
        "https://git.corp,             https://git.corpse/team/app,        false",
        "https://git.corp/team,        https://git.corp/teammate/app,      false",
        "https://git.corp/team,        https://git.corp/other/team,        false",
        "https://git.corp,             http://git.corp/team/app,           false",
        "https://git.corp,             https://git.corp:8443/team/app,     false",
        "https://git.corp/(team|x),    https://git.corp/team/app,          false",
        "https://git.co.p,             https://git.corp/team/app,          false",
        "ssh://git.corp,               https://git.corp/team/app,          false",
        "nonsense,                     https://git.corp/team/app,          false"
    })
    void comparesUrlsByWholeParts(String prefix, String url, boolean covers) {
        var found = RepositoryCredentials.select(List.of(secret("shop", "a", prefix, "pw")), url, SHOP);

        assertThat(found.isPresent()).isEqualTo(covers);
    }

    @Test
    void theLongestPrefixWins() {
        var secrets = List.of(
                secret("shop", "b", "https://git.corp/team", "team"),
                secret("shop", "c", "https://git.corp/team/app", "app"),
                secret("shop", "a", "https://git.corp", "all"));

        assertThat(password(secrets, "https://git.corp/team/app.git")).contains("app");
        assertThat(password(secrets, "https://git.corp/team/other")).contains("team");
        assertThat(password(secrets, "https://git.corp/else")).contains("all");
        assertThat(password(secrets.reversed(), "https://git.corp/team/app.git"))
                .contains("app");
    }

    @Test
    void theAppsOwnNamespaceGoesFirstThenWhatHoldfastGrants() {
        var own = granted("holdfast-system", "shop, blog");
        assertThat(password(List.of(own), "https://git.corp/team/app")).contains("granted");
        assertThat(password(
                        List.of(own, secret("shop", "a", "https://git.corp", "local")), "https://git.corp/team/app"))
                .contains("local");
        assertThat(password(List.of(granted("holdfast-system", "*")), "https://git.corp/team/app"))
                .contains("granted");
    }

    @Test
    void nothingComesFromElsewhere() {
        assertThat(password(List.of(granted("holdfast-system", "blog")), "https://git.corp/team/app"))
                .isEmpty();
        assertThat(password(List.of(granted("holdfast-system", "")), "https://git.corp/team/app"))
                .isEmpty();
        assertThat(password(List.of(granted("holdfast-system", "shopping")), "https://git.corp/team/app"))
                .isEmpty();
        assertThat(password(List.of(granted("stranger", "shop")), "https://git.corp/team/app"))
                .isEmpty();
        var unlabelled = secret("shop", "a", "https://git.corp", "pw").without(List.of("metadata", "labels"));
        assertThat(password(List.of(unlabelled), "https://git.corp/team/app")).isEmpty();
    }

    @Test
    void readsEncodedDataTokensAndCas() {
        var secret = labelled("shop", "a", "")
                .with(
                        "data",
                        Mapping.ofTexts(new TreeMap<>(Map.of(
                                "url", encoded("https://git.corp\n"),
                                "token", encoded("t0ken\n"),
                                "ca.crt", encoded("PEM")))));

        var found = RepositoryCredentials.select(List.of(secret), "https://git.corp/x", SHOP)
                .orElseThrow();

        assertThat(found.secret()).isEqualTo("shop/a");
        assertThat(found.credential().user()).isEmpty();
        assertThat(found.credential().password()).contains(Secret.of("t0ken"));
        assertThat(found.credential().certificateAuthority()).contains("PEM");
        assertThat(found.toString()).doesNotContain("t0ken");
    }

    @Test
    void namesTheSecretThatCannotBeDecoded() {
        var secret = labelled("shop", "a", "")
                .with(
                        "data",
                        Mapping.ofTexts(
                                new TreeMap<>(Map.of("url", encoded("https://git.corp"), "password", "*canary*"))));

        var failure = catchThrowableOfType(
                FaultException.class, () -> RepositoryCredentials.select(List.of(secret), "https://git.corp/x", SHOP));

        assertThat(failure.fault().code()).isEqualTo("CredentialMalformed");
        assertThat(failure.fault().sentence()).contains("shop/a", "password").doesNotContain("canary");
    }

    private static Optional<String> password(List<Mapping> secrets, String url) {
        return RepositoryCredentials.select(secrets, url, SHOP)
                .flatMap(found -> found.credential().password())
                .map(Secret::reveal);
    }

    private static Mapping secret(String namespace, String name, String url, String password) {
        var texts = new TreeMap<>(Map.of("url", url, "username", "ada", "password", password));
        return labelled(namespace, name, "").with("stringData", Mapping.ofTexts(texts));
    }

    private static Mapping granted(String namespace, String to) {
        var texts = new TreeMap<>(Map.of("url", "https://git.corp", "password", "granted"));
        return labelled(namespace, "g", to).with("stringData", Mapping.ofTexts(texts));
    }

    private static Mapping labelled(String namespace, String name, String grantedTo) {
        return Mapping.EMPTY
                .with(List.of("metadata", "namespace"), Value.of(namespace))
                .with(List.of("metadata", "name"), Value.of(name))
                .with(List.of("metadata", "labels", "holdfast.dev/secret"), Value.of("repository"))
                .with(List.of("metadata", "annotations", "holdfast.dev/granted-to"), Value.of(grantedTo));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
