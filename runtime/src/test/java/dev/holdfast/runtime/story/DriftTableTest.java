package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.runtime.story.DriftFate.Course;
import dev.holdfast.runtime.story.DriftFate.Told;
import dev.holdfast.testkit.Golden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every way of tampering with every kind of object ends as the engine's rules say, within two seconds.
class DriftTableTest {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String NOTES = """

            Whatever is put back is back within two seconds, and an event has named by then who changed which field.
            *Conflict*: nothing is written, and the App's `why` names the other tool and the fields.
            *Reported*: nothing is written, and an event names the manager and the fields within two seconds.
            *Left alone*: nothing is written, nothing is told.

            ¹ The event names the fields only: managedFields do not tell who removed something, nor who wrote after
            they were reset, nor who scaled a custom resource.
            ² The values are as in Git, so nothing is told; only the ownership of the fields is taken again.
            """;

    @Test
    @Tag("slow")
    void everyChangeToEveryKindEndsAsTheRulesSay() {
        Golden.section("docs/status.md", table(DriftSubject.all(), fates(40, List.of(Tampering.values()))));
    }

    @Test
    @Tag("long")
    void everyChangeOfOneRequestEndsSoUnderAnySeed() {
        var ways = Tampering.ofOneRequest();
        for (long seed = 42; seed < 50; seed++) fates(seed, ways);
    }

    private static List<Map<Tampering, DriftFate>> fates(long seed, List<Tampering> ways) {
        var fates = new ArrayList<Map<Tampering, DriftFate>>();
        var wrong = new ArrayList<String>();
        for (var subject : DriftSubject.all()) {
            Stage.play(seed, stage -> fates.add(play(stage, subject, ways, wrong)));
        }
        assertThat(wrong).isEmpty();
        return fates;
    }

    /// One app for each way, so that a conflict in one says nothing about another.
    private static Map<Tampering, DriftFate> play(
            Stage stage, DriftSubject subject, List<Tampering> ways, List<String> wrong) {
        stage.apply(Stage.yaml(DriftSubject.WIDGETS));
        var widget = Gvk.of("example.com/v1", "Widget");
        stage.eventually(
                "widgets are served", () -> stage.person.discover().find(widget).isPresent());
        var files = new LinkedHashMap<String, String>();
        for (var way : ways) {
            files.put(way.slug() + "/object.yaml", subject.manifest(way.slug()));
        }
        stage.commit("first", files);
        for (var way : ways) stage.app(way.slug(), way.slug(), way.spec());
        stage.start();
        for (var way : ways) {
            stage.eventually(subject.title() + " of " + way.slug(), () -> stage.ready(way.slug()));
        }
        stage.pass(Duration.ofSeconds(30));
        var found = new LinkedHashMap<Tampering, DriftFate>();
        for (var way : ways) {
            var expected = way.expected(subject);
            var fate = expected == DriftFate.NONE ? expected : tamper(stage, subject, way, wrong);
            found.put(way, fate);
        }
        return found;
    }

    private static DriftFate tamper(Stage stage, DriftSubject subject, Tampering way, List<String> wrong) {
        var kubectl = new Kubectl(stage.sandbox.direct(Stage.PERSON));
        var target = subject.target(way.slug());
        var before = kubectl.get(target);
        var known = stage.events(way.slug());
        var touched = way.by(kubectl, subject);
        stage.pass(SOON);
        var course = new Course(before, touched, kubectl.get(target));
        var soon = news(stage, way, known);
        stage.pass(Duration.ofSeconds(15));
        var events = news(stage, way, known);
        var later = kubectl.get(target);
        var told = new Told(stage.app(way.slug()), soon, events);
        var fate = DriftFate.of(course, later, told, way.manager);
        if (fate != way.expected(subject)) {
            wrong.add(
                    "%s, %s: %s instead of %s\n  events %s\n  why %s\n  before  %s\n  touched %s\n  soon    %s\n  later %s"
                            .formatted(
                                    subject.title(),
                                    way.title,
                                    fate,
                                    way.expected(subject),
                                    events,
                                    told.why(),
                                    before,
                                    touched,
                                    course.soon(),
                                    later));
        }
        return fate;
    }

    private static List<String> news(Stage stage, Tampering way, List<String> known) {
        var events = new ArrayList<>(stage.events(way.slug()));
        events.removeAll(known);
        return events;
    }

    private static String table(List<DriftSubject> subjects, List<Map<Tampering, DriftFate>> fates) {
        var text = new StringBuilder("| what somebody does |");
        for (var subject : subjects) text.append(' ').append(subject.title()).append(" |");
        text.append("\n|---|").append("---|".repeat(subjects.size())).append('\n');
        for (var way : Tampering.values()) {
            text.append("| ").append(way.title).append(" |");
            for (var found : fates) text.append(' ').append(found.get(way).word).append(" |");
            text.append('\n');
        }
        return text.append(NOTES).toString();
    }
}
