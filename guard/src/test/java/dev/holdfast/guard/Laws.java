package dev.holdfast.guard;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/// The laws of ARCHITECTURE.md as rules over packages, so that each can be shown to fail on planted code.
final class Laws {

    private Laws() {}

    /// Law 1: no I/O, threads, clock, randomness, environment or logger.
    static ArchRule pure(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(are(DescribedPredicate.describe("impure", Laws::impure)))
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "clock, randomness or environment", call -> impure(call.getTarget())));
    }

    private static final Set<String> IMPURE_PACKAGES = Set.of(
            "java.net", "java.nio.file", "java.nio.channels", "java.lang.reflect", "org.slf4j", "java.util.logging");

    private static final Set<String> IMPURE_CLASSES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.Timer");

    private static boolean impure(JavaClass used) {
        var inside = used.getPackageName();
        return inside.startsWith("java.util.concurrent")
                || IMPURE_PACKAGES.stream().anyMatch(name -> inside.equals(name) || inside.startsWith(name + "."))
                || IMPURE_CLASSES.contains(used.getName());
    }

    private static boolean impure(AccessTarget.CodeUnitCallTarget target) {
        var owner = target.getOwner().getName();
        var name = target.getName();
        return switch (owner) {
            case "java.lang.System" ->
                Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit")
                        .contains(name);
            case "java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.ZonedDateTime" ->
                name.equals("now");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.lang.Math" -> name.equals("random");
            default -> false;
        };
    }

    /// Law 2: no import cycle. `pattern` slices packages, as ArchUnit writes it.
    static ArchRule acyclic(String pattern) {
        return slices().matching(pattern).should().beFreeOfCycles();
    }

    /// Law 3: what a plan is made of is plain data.
    static ArchRule data(String prefix) {
        return classes()
                .that(DescribedPredicate.describe(
                        "belong to " + prefix, type -> type.getName().startsWith(prefix)))
                .should(be(
                        "records, enums or interfaces",
                        type -> type.isRecord() || type.isEnum() || type.isInterface()));
    }

    /// Law 4: faults cross the borders of modules in one kind of exception; any other stays inside its own module.
    static ArchRule oneException(String packages, Set<String> allowed) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .and(DescribedPredicate.describe("are not known", type -> !allowed.contains(type.getName())))
                .and()
                .areAssignableTo(Throwable.class)
                .should(new ArchCondition<>("stay inside their module") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getDirectDependenciesToSelf().stream()
                                .map(dependency -> dependency.getOriginClass().getName())
                                .filter(user -> !module(user).equals(module(type.getName())))
                                .forEach(user -> events.add(
                                        SimpleConditionEvent.violated(type, type.getName() + " is seen by " + user)));
                    }
                })
                .allowEmptyShould(true);
    }

    /// `dev.holdfast.<module>`, or the package of planted code.
    private static String module(String type) {
        var parts = type.split("\\.", -1);
        return type.startsWith("dev.holdfast.") ? parts[2] : type.substring(0, type.lastIndexOf('.'));
    }

    /// Law 5: no boolean parameters (a record's components are not parameters).
    static ArchRule noFlags(String packages) {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(packages)
                .and(DescribedPredicate.describe("are written by hand", Laws::handwritten))
                .should(new ArchCondition<>("take no boolean") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean flag = method.getRawParameterTypes().stream()
                                .anyMatch(type -> type.getName().equals("boolean"));
                        events.add(new SimpleConditionEvent(method, !flag, method.getFullName()));
                    }
                });
    }

    private static boolean handwritten(JavaMethod method) {
        return !method.getName().startsWith("lambda$")
                && method.getModifiers().stream()
                        .noneMatch(modifier -> modifier.name().equals("SYNTHETIC"));
    }

    /// Law 6: a library is used in its own modules only.
    static ArchRule fenced(String library, String... allowed) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    /// Law 6: threads, locks, executors and timers only behind the port Tasks.
    static ArchRule noThreads(String packages, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .and()
                .resideOutsideOfPackages(allowed)
                .and(DescribedPredicate.describe(
                        "are neither Tasks itself nor what the virtual machine runs when a signal ends it",
                        type -> !type.getName().startsWith("dev.holdfast.runtime.VirtualThreadTasks")
                                && !type.getName().equals("dev.holdfast.server.Lifetime$EndOnSignal")))
                .should()
                .dependOnClassesThat(
                        are(DescribedPredicate.describe("threads, locks, executors or timers", Laws::threading)))
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "Object.wait or notify",
                        call -> Set.of("wait", "notify", "notifyAll")
                                        .contains(call.getTarget().getName())
                                && call.getTarget().getOwner().getName().equals("java.lang.Object")));
    }

    private static final Set<String> PASSIVE = Set.of(
            "ConcurrentHashMap",
            "ConcurrentLinkedDeque",
            "ConcurrentSkipListMap",
            "ConcurrentHashMap$KeySetView",
            "ConcurrentMap",
            "TimeUnit",
            "Callable");

    private static boolean threading(JavaClass used) {
        var inside = used.getPackageName();
        if (inside.equals("java.util.concurrent"))
            return !PASSIVE.contains(used.getName().substring(inside.length() + 1));
        return inside.equals("java.util.concurrent.locks")
                || used.getName().equals("java.lang.Thread")
                || used.getName().equals("java.util.Timer");
    }

    /// Law 8: no collection whose order is unspecified.
    static ArchRule ordered(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callCodeUnitWhere(
                        DescribedPredicate.describe("unordered collection", call -> unordered(call.getTarget())));
    }

    private static boolean unordered(AccessTarget.CodeUnitCallTarget target) {
        var owner = target.getOwner().getName();
        var name = target.getName();
        int arguments = target.getRawParameterTypes().size();
        return switch (owner) {
            case "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap" -> name.equals("<init>");
            case "java.util.Map" ->
                name.equals("copyOf") || name.equals("ofEntries") || name.equals("of") && arguments > 2;
            case "java.util.Set" -> name.equals("copyOf") || name.equals("of") && arguments > 1;
            case "java.util.stream.Collectors" ->
                name.equals("toSet")
                        || name.equals("toUnmodifiableSet")
                        || name.equals("toUnmodifiableMap")
                        || name.equals("toMap") && arguments < 4
                        || name.equals("groupingBy") && arguments < 3;
            default -> false;
        };
    }

    /// Law 9: only these may look into a secret.
    static ArchRule revealedOnlyBy(Set<String> allowed) {
        return noClasses()
                .that(DescribedPredicate.describe("may not see secrets", type -> !allowed.contains(outermost(type))))
                .should()
                .callMethod("dev.holdfast.model.Secret", "reveal");
    }

    private static String outermost(JavaClass type) {
        var name = type.getName();
        int inner = name.indexOf('$');
        return inner < 0 ? name : name.substring(0, inner);
    }

    private static ArchCondition<JavaClass> be(String what, java.util.function.Predicate<JavaClass> test) {
        return new ArchCondition<>("be " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(type, test.test(type), type.getName()));
            }
        };
    }
}
