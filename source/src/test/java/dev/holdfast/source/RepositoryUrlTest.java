package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.source.GitSettings.UrlPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://Git.Example.org/Team/App.git,      https://git.example.org/Team/App",
        "https://git.example.org:443/Team/App/,     https://git.example.org/Team/App",
        "HTTPS://git.example.org./Team/App.git/,    https://git.example.org/Team/App",
        "https://git.example.org:8443/a,            https://git.example.org:8443/a",
        "http://127.0.0.1:80/a.git,                 http://127.0.0.1/a",
        "https://git.example.org,                   https://git.example.org",
        "https://git.example.org/,                  https://git.example.org",
        "https://[::1]:8443/a,                      https://[::1]:8443/a",
        "file:///srv/git/a.git,                     file:///srv/git/a",
        "/srv/git/a.git/,                           file:///srv/git/a"
    })
    void oneRepositoryHasOneName(String url, String name) {
        assertThat(RepositoryUrl.parse(url).name()).isEqualTo(name);
    }

    @Test
    void requestsGoToTheFormThatWasWritten() {
        assertThat(RepositoryUrl.parse("https://git.example.org:443/a.git/").wire())
                .isEqualTo("https://git.example.org/a.git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-u./x",
                "--upload-pack=touch /tmp/x",
                "git.example.org/a",
                "git@git.example.org:a/b.git",
                "ssh://git@git.example.org/a",
                "ssh://-oProxyCommand=x/a",
                "ext::sh -c id",
                "git://git.example.org/a",
                "gopher://git.example.org/a",
                "jar:file:/x!/y",
                "https://user:canary@git.example.org/a",
                "https://canary@git.example.org/a",
                "https://:canary@/a",
                "https:///a",
                "https:a",
                "https://git.example.org/a?ref=canary",
                "https://git.example.org/a#canary",
                "https://git.example.org/a/../b",
                "https://git.example.org/a/%2e%2E/b",
                "https://git.example.org/a%2Fb",
                "https://git.example.org/a%00",
                "https://git.example.org//a",
                "https://git.example.org/a\n-b",
                "https://git.example.org/a b",
                "https://git.example.org\\@evil.example.org/a",
                "https://git.example.org:0/a",
                "https://git.example.org:99999/a",
                "https://git.\u0435xample.org/a",
                "file://host/srv/a",
                "file:///srv/../etc"
            })
    void refusesWhatIsNoPlainUrlAndRepeatsNoSecret(String url) {
        var fault = refusal(url, new UrlPolicy(true, true));

        assertThat(fault.code()).isEqualTo("UrlRefused");
        assertThat(fault).isInstanceOf(Fault.Terminal.class);
        var shown = url.contains("@") ? "canary" : "\n";
        assertThat(fault.sentence()).doesNotContain(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "http://git.example.org/a,          --allow-http",
        "http://127.0.0.1.evil.org/a,       --allow-http",
        "http://2130706433/a,               --allow-http",
        "http://localhost.evil.org/a,       --allow-http",
        "http://169.254.169.254/a,          --allow-http",
        "file:///srv/a,                     --allow-local",
        "/srv/a,                            --allow-local"
    })
    void saysHowToAllowWhatIsNotAllowedByDefault(String url, String flag) {
        assertThat(refusal(url, UrlPolicy.STRICT).sentence()).contains(flag);
        assertThat(RepositoryUrl.parse(url).allowedBy(new UrlPolicy(true, true)).name())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://git.example.org/a", "http://localhost:8080/a", "http://127.1.2.3/a", "http://[::1]/a"})
    void allowsHttpsAndLoopback(String url) {
        assertThat(RepositoryUrl.parse(url).allowedBy(UrlPolicy.STRICT).name()).isEqualTo(url);
    }

    private static Fault refusal(String url, UrlPolicy policy) {
        var thrown = catchThrowableOfType(
                FaultException.class, () -> RepositoryUrl.parse(url).allowedBy(policy));
        assertThat(thrown).as(url).isNotNull();
        return thrown.fault();
    }
}
