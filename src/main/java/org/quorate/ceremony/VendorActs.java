package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.Refusals;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;
import org.quorate.quorum.Participant;
import org.quorate.script.Step;

/// What the maker's own tool says, beside what PKCS#11 says: two voices on one device.
final class VendorActs {
    private VendorActs() {}

    /// That nobody ever tried this program with a device of this maker is said where the device is identified.
    static void tellExperience(Stage stage, String role) {
        stage.setting()
                .profile(role)
                .filter(profile -> profile.experience() == VendorProfile.Experience.NOT_RUN)
                .ifPresent(profile -> stage.observe(Observation.sensed(
                                "vendor_profile",
                                Texts.get("ceremony.vendor.label"),
                                Texts.get("ceremony.vendor.not_run", profile.title()))
                        .detail(Json.obj()
                                .put("profile", profile.id())
                                .put("experience", "not_run")
                                .put("mind", Json.strings(profile.practice().mind()))
                                .build())));
    }

    /// A return value, and what the maker means by it where PKCS#11 has no word, or says less.
    static String explained(String rv, String role, Stage stage) {
        return stage.setting()
                .profile(role)
                .flatMap(profile -> profile.explain(rv))
                .map(words -> Texts.get("ceremony.vendor.error", rv, words))
                .orElse(rv);
    }

    /// A *no* of the HSM in its own words and those of its maker.
    static Problem refusal(String function, String rv, String role, Stage stage) {
        return Refusals.of(function, rv, explained(rv, role, stage));
    }

    /// Whether what the module answers for this attribute says anything about a key.
    static boolean reports(Attribute attribute, String role, Stage stage) {
        return stage.setting()
                .profile(role)
                .map(profile -> profile.reports(attribute))
                .orElse(true);
    }

    static String run(Step.RunVendorCommand step, Stage stage) {
        Optional<VendorProfile> known = stage.setting().profile(step.token());
        if (step.peopleRead().isPresent()
                && known.flatMap(profile -> profile.command(step.command())).isEmpty()) {
            return readByPeople(step, step.peopleRead().get(), known, stage);
        }
        VendorProfile profile = known.orElseThrow(() -> StepFailed.overridable(Problem.of(
                "ceremony.vendor_unknown", stage.hsm(step.token()).module().path())));
        VendorProfile.Command command = profile.command(step.command())
                .orElseThrow(() -> StepFailed.overridable(
                        Problem.of("ceremony.vendor_command_unknown", step.command(), profile.title())));
        if (step.quorum().isPresent()) {
            return new VendorChange(step, stage, command).perform(step.quorum().get());
        }
        if (command.change().isPresent()) {
            throw StepFailed.overridable(Problem.of("ceremony.vendor_command_changes", command.title()));
        }
        return show(step, stage, command);
    }

    /// What no program of this machine can ask is read by one person and compared by another; the record says so.
    private static String readByPeople(
            Step.RunVendorCommand step, String what, Optional<VendorProfile> profile, Stage stage) {
        stage.observe(Observation.sensed(
                        "people_read_instead",
                        Texts.get("ceremony.people_read.instead"),
                        profile.map(known ->
                                        Texts.get("ceremony.people_read.instead.text", known.title(), step.command()))
                                .orElseGet(() -> Texts.get("ceremony.people_read.no_profile", step.command())))
                .detail(Json.obj()
                        .put("role", step.token())
                        .put("command", step.command())
                        .put("profile", profile.map(VendorProfile::id))
                        .build()));
        String read = stage.enter(
                "people_read",
                what,
                profile.flatMap(known -> known.told(step.command())).orElse(""),
                OpeningActs::notBlank);
        stage.compare(
                "people_read_again",
                Exhibit.of(
                        Texts.get(
                                "ceremony.people_read.again",
                                stage.performers().stream()
                                        .map(Participant::name)
                                        .collect(Collectors.joining(", "))),
                        read),
                Texts.get("ceremony.people_read.against"),
                stage.people(step.head().witnessedBy()));
        return Texts.get("ceremony.people_read.done");
    }

    private static String show(Step.RunVendorCommand step, Stage stage, VendorProfile.Command command) {
        if (stage.run().observation("vendor_command").isEmpty()) {
            TokenInfo token = stage.token(step.token()).info();
            List<Secret> pins = command.call().stdin().stream()
                    .map(kind -> stage.pin(step.token(), kind))
                    .toList();
            stage.working("ceremony.working.vendor_command", command.title());
            record(
                    stage,
                    command,
                    token,
                    stage.equipment()
                            .workstation()
                            .vendorTool()
                            .run(new VendorTool.Request(
                                    VendorTool.words(command, token),
                                    command.call().seconds(),
                                    Optional.empty(),
                                    pins)));
        }
        Json.Obj seen = stage.run().observation("vendor_command").orElseThrow().data();
        if (!seen.string("verdict").equals("matches")) {
            throw StepFailed.overridable(Problem.of(
                    "ceremony.vendor_command_objects",
                    command.title(),
                    seen.optionalString("because").orElse("")));
        }
        return Texts.get("ceremony.vendor_command.done", command.title());
    }

    /// Puts a run on record, and says what speaks against it.
    static Optional<String> record(Stage stage, VendorProfile.Command command, TokenInfo token, VendorTool.Run run) {
        String printed = new String(run.printed(), StandardCharsets.UTF_8);
        Optional<String> objection = run.exit() != 0
                ? Optional.of(Texts.get("ceremony.vendor_command.exit", run.exit()))
                : VendorTool.objection(command, token, printed)
                        .map(pattern -> Texts.get("ceremony.vendor_command.pattern", pattern));
        Observation observation = Observation.sensed(
                        "vendor_command",
                        command.title(),
                        Texts.get(
                                "ceremony.vendor_command.text", printed.lines().count()))
                .verdict(objection.isEmpty())
                .with(run.printed())
                .detail(Json.obj()
                        .put("words", Json.strings(run.words()))
                        .put("program_sha256", run.program().hex())
                        .put("exit", run.exit())
                        .build());
        stage.observe(objection.map(observation::because).orElse(observation));
        return objection;
    }

    /// A token as it is found, without a login, for people who must judge what became of it.
    static List<Exhibit> asItIsNow(Stage stage, String role) {
        String serial = stage.equipment().site().token(role).serial();
        Optional<Token> found = present(stage, role);
        if (found.isEmpty()) {
            return List.of(
                    Exhibit.of(Texts.get("ceremony.fact.serial"), Texts.get("ceremony.vendor_command.absent", serial)));
        }
        TokenInfo token = found.get().info();
        try (TokenSession session = found.get().open(new Token.Login.None()).orThrow()) {
            return List.of(
                    Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial()),
                    Exhibit.of(Texts.get("ceremony.fact.label"), token.label()),
                    Exhibit.of(Texts.get("ceremony.fact.flags"), String.join(" ", new TreeSet<>(token.flags()))),
                    Exhibit.of(
                            Texts.get("ceremony.vendor_command.objects"),
                            String.valueOf(session.objects().stream()
                                    .filter(TokenObject::onToken)
                                    .count())));
        }
    }

    static Optional<Token> present(Stage stage, String role) {
        String serial = stage.equipment().site().token(role).serial();
        return stage.hsm(role).tokens().stream()
                .filter(token -> token.info().serial().equals(serial))
                .findFirst();
    }
}
