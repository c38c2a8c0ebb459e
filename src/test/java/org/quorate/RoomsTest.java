package org.quorate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the rooms, as the design draws them. Each says why; an exemption stands here by name and nowhere else.
class RoomsTest {
    private static final String ROOT = "org.quorate.";

    /// From the top; dependencies point down.
    private static final List<String> ROOMS =
            List.of("app", "ui", "ceremony", "record", "script", "quorum", "card", "hsm", "ledger", "base");

    private static final String[] ADAPTERS = {
        "org.quorate.ledger.sqlite..",
        "org.quorate.hsm.pkcs11..",
        "org.quorate.card.piv..",
        "org.quorate.card.pkcs11..",
        "org.quorate.card.practice..",
        "org.quorate.record.pdf..",
        "org.quorate.script.yaml.."
    };

    /// The processes around a vendor's module and those who watch them: the one place where a call can hang for good.
    private static final String[] EXEMPT = {
        "org.quorate.app.",
        "org.quorate.hsm.pkcs11.ModuleHost",
        "org.quorate.hsm.pkcs11.HostProcess",
        "org.quorate.hsm.pkcs11.ChildJvm",
        "org.quorate.hsm.pkcs11.Downcalls",
        "org.quorate.hsm.pkcs11.HostCost",
        "org.quorate.hsm.pkcs11.SunWitness",
        "org.quorate.hsm.pkcs11.WitnessMain"
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.quorate");

    static Stream<String> rooms() {
        return ROOMS.stream();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void rooms_dependOnlyOnThoseBelow(String room) {
        String[] above = ROOMS.subList(0, ROOMS.indexOf(room)).stream()
                .map(higher -> ROOT + higher + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .because("dependencies point down the list of rooms, so that each can be read without those above it")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void classes_standInARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(room -> ROOT + room + "..").toArray(String[]::new))
                .because("a class in no room is under no rule")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("org.quorate.(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a circle can only be understood, tested and changed together")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void adapters_areNamedByTheAppOnly(String adapter) {
        noClasses()
                .that()
                .resideOutsideOfPackages(adapter, "org.quorate.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(adapter)
                .because("rooms speak to ports; which adapter hangs under one is decided once, where all is wired")
                .check(CLASSES);
    }

    static Stream<String> adapters() {
        return Stream.of(ADAPTERS);
    }

    @Test
    void javafx_staysInTheUiAndTheApp() {
        only(
                "javafx..",
                "what can be tested and run without a screen must not need one",
                "org.quorate.ui..",
                "org.quorate.app..");
    }

    @Test
    void sql_staysInTheLedgersAdapter() {
        only("java.sql..", "the ledger's file format is one room's secret", "org.quorate.ledger.sqlite..");
        only("javax.sql..", "the ledger's file format is one room's secret", "org.quorate.ledger.sqlite..");
        only("org.sqlite..", "the ledger's file format is one room's secret", "org.quorate.ledger.sqlite..");
    }

    @Test
    void pdfAndCms_stayInTheRecordsAdapter() {
        only("org.apache.pdfbox..", "a record is made from entries; its paper is one form", "org.quorate.record.pdf..");
        only(
                "org.bouncycastle.cms..",
                "signing the paper is a matter of the paper, and a signed export is a matter of who reads it",
                "org.quorate.record.pdf..",
                "org.quorate.quorum.directory..");
    }

    @Test
    void foreignMemory_staysWithThePkcs11Modules() {
        only(
                "java.lang.foreign..",
                "a wrong step outside the heap ends the process, so few may take one",
                "org.quorate.hsm.pkcs11..",
                "org.quorate.card.pkcs11..");
    }

    @Test
    void smartCards_stayInTheirAdapter() {
        only("javax.smartcardio..", "a card is a port, whatever it speaks", "org.quorate.card.piv..");
    }

    @Test
    void yaml_staysInTheScriptsAdapter() {
        only(
                "org.snakeyaml..",
                "a script is its records, whatever it was written in; JSON of others is read as the YAML it is",
                "org.quorate.script.yaml..",
                "org.quorate.base..");
    }

    @Test
    void picocli_staysInTheApp() {
        only("picocli..", "no room may know how it was called", "org.quorate.app..");
    }

    private static void only(String library, String because, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(because)
                .check(CLASSES);
    }

    @Test
    void viewModels_useNoControls() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat(resideInAPackage("javafx..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "javafx.beans..", "javafx.collections..", "javafx.concurrent..", "javafx.util.."))))
                .because("what a screen decides is tested without a toolkit")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void views_touchNoPort() {
        Set<String> ports = Set.of(
                "org.quorate.ledger.Ledger",
                "org.quorate.hsm.Hsm",
                "org.quorate.hsm.Token",
                "org.quorate.hsm.TokenSession",
                "org.quorate.card.Card",
                "org.quorate.card.CardReader");
        noClasses()
                .that()
                .haveSimpleNameEndingWith("View")
                .should()
                .dependOnClassesThat(describe("are ports", type -> ports.contains(type.getName())))
                .because("a view draws what it is given; it cannot act behind the ceremony's back")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void main_isNoJavaFxApplication() {
        classes()
                .that()
                .haveFullyQualifiedName("org.quorate.app.Main")
                .should()
                .notBeAssignableTo("javafx.application.Application")
                .because("commands without a window must start without a display")
                .check(CLASSES);
    }

    @Test
    void clocks_areHandedIn() {
        none(
                "reads a clock",
                access -> isCall(access, "java.lang.System", "currentTimeMillis", "nanoTime")
                        || owner(access).startsWith("java.time.")
                                && access.getName().equals("now")
                        || owner(access).matches("java\\.time\\.(Clock|InstantSource)")
                                && access.getName().startsWith("system")
                        || owner(access).equals("java.util.Date") && isPlainConstructor(access),
                "a record made again must be the same, so time comes in as a value",
                EXEMPT);
    }

    @Test
    void threads_areHandedIn() {
        none(
                "makes a thread",
                access -> owner(access).equals("java.lang.Thread")
                                && access.getName().matches("<init>|ofVirtual|ofPlatform|startVirtualThread")
                        || owner(access).matches("java\\.util\\.(Timer|concurrent\\.Executors)")
                        // With an executor, whoever made that decided.
                        || access.getName().matches("(supply|run|then\\w+)Async")
                                && !access.getDescription().contains("java.util.concurrent.Executor"),
                "what runs beside what is decided in one place",
                EXEMPT);
    }

    @Test
    void standardStreamsAndExit_belongToTheApp() {
        none(
                "uses a standard stream or ends the process",
                access -> owner(access).equals("java.lang.System")
                                && Set.of("in", "out", "err", "exit", "console").contains(access.getName())
                        || isCall(access, "java.lang.Runtime", "exit", "halt")
                        || access.getName().equals("printStackTrace"),
                "who speaks to whom, and when it ends, is the app's to say",
                EXEMPT);
    }

    @Test
    void processes_areStartedInFewPlaces() {
        none(
                "starts a process",
                access ->
                        owner(access).equals("java.lang.ProcessBuilder") || isCall(access, "java.lang.Runtime", "exec"),
                "a program that others audit starts no others unseen",
                Stream.concat(Stream.of(EXEMPT), Stream.of("org.quorate.hsm.vendor.ProcessVendorTool"))
                        .toArray(String[]::new));
    }

    @Test
    void network_isUsedNowhereButByTheSiemOutput() {
        none(
                "uses the network",
                access -> owner(access)
                                .matches("java\\.net\\.(Socket|ServerSocket|DatagramSocket|HttpURLConnection"
                                        + "|URLConnection|InetAddress|InetSocketAddress)")
                        || owner(access).startsWith("java.net.http.")
                        || owner(access).startsWith("javax.net.")
                        || isCall(access, "java.net.URL", "openStream", "openConnection"),
                "the console works on a machine without a network",
                "org.quorate.record.siem.",
                // Virtual readers hear of their cards on a port of this machine, in rehearsals only.
                "org.quorate.app.reader.");
    }

    /// @param exempt how the names of those begin to whom the rule does not apply
    private static void none(String does, AccessTest test, String because, String... exempt) {
        classes()
                .that(describe("are not exempt", type -> Stream.of(exempt).noneMatch(type.getName()::startsWith)))
                .should(new ArchCondition<JavaClass>("not have code that " + does) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getAccessesFromSelf().stream()
                                .filter(test::matches)
                                .forEach(access ->
                                        events.add(SimpleConditionEvent.violated(type, access.getDescription())));
                    }
                })
                .because(because)
                .check(CLASSES);
    }

    private interface AccessTest {
        boolean matches(JavaAccess<?> access);
    }

    private static String owner(JavaAccess<?> access) {
        return access.getTargetOwner().getName();
    }

    private static boolean isCall(JavaAccess<?> access, String owner, String... names) {
        return owner(access).equals(owner) && Set.of(names).contains(access.getName());
    }

    private static boolean isPlainConstructor(JavaAccess<?> access) {
        return access.getName().equals("<init>") && access.getDescription().contains("<init>()");
    }

    @Test
    void constructors_takeAtMostSixParameters() {
        constructors()
                .that()
                .areDeclaredInClassesThat(describe("are no records", type -> !type.isRecord()))
                .should(new ArchCondition<JavaConstructor>("take at most six parameters") {
                    @Override
                    public void check(JavaConstructor constructor, ConditionEvents events) {
                        // The name and the position of an enum's constant are the compiler's own.
                        int own = constructor.getOwner().isEnum() ? 2 : 0;
                        int parameters = constructor.getRawParameterTypes().size() - own;
                        if (parameters > 6) {
                            events.add(SimpleConditionEvent.violated(
                                    constructor, constructor.getFullName() + " takes " + parameters));
                        }
                    }
                })
                .because("what needs seven things does more than one thing; a record only carries them")
                .check(CLASSES);
    }

    @Test
    void files_haveAtMost400Lines() {
        List<String> tooLong = Sources.java().stream()
                .filter(file -> Sources.read(file).lines().count() > 400)
                .map(file -> Sources.MAIN.relativize(file).toString())
                .toList();

        assertThat(tooLong)
                .as("a class that is longer cannot be read at one sitting")
                .isEmpty();
    }

    @Test
    void packages_tellTheirStory() {
        Set<Path> silent = new TreeSet<>();
        for (Path file : Sources.java()) {
            Path directory = file.getParent();
            if (!directory.equals(Sources.MAIN) && !Files.exists(directory.resolve("package-info.java"))) {
                silent.add(Sources.MAIN.relativize(directory));
            }
        }

        assertThat(silent)
                .as("each package says in package-info.java what it is for")
                .isEmpty();
    }
}
