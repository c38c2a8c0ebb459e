package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;
import org.quorate.script.Step;

/// What the maker's own tool says, beside what PKCS#11 says: two voices on one device.
final class VendorActs {
    private VendorActs() {}

    /// That nobody ever tried this program with a device of this maker is said where the device is identified.
    static void tellExperience(Stage stage, String role) {
        stage.equipment()
                .workstation()
                .vendorTool()
                .profile(stage.hsm(role).module())
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

    /// A return value, and what the maker means by it where PKCS#11 has no word.
    static String explained(String rv, String role, Stage stage) {
        return stage.equipment()
                .workstation()
                .vendorTool()
                .profile(stage.hsm(role).module())
                .flatMap(profile -> profile.explain(rv))
                .map(words -> Texts.get("ceremony.vendor.error", rv, words))
                .orElse(rv);
    }

    static String run(Step.RunVendorCommand step, Stage stage) {
        VendorTool tool = stage.equipment().workstation().vendorTool();
        ModuleInfo module = stage.hsm(step.token()).module();
        VendorProfile profile = tool.profile(module)
                .orElseThrow(() -> StepFailed.overridable(Problem.of("ceremony.vendor_unknown", module.path())));
        VendorProfile.Command command = profile.command(step.command())
                .orElseThrow(() -> StepFailed.overridable(
                        Problem.of("ceremony.vendor_command_unknown", step.command(), profile.title())));
        TokenInfo token = stage.token(step.token()).info();
        if (stage.run().observation("vendor_command").isEmpty()) {
            stage.working("ceremony.working.vendor_command", command.title());
            VendorTool.Run run = tool.run(VendorTool.words(command, token), command.seconds());
            record(stage, command, token, run);
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

    private static void record(Stage stage, VendorProfile.Command command, TokenInfo token, VendorTool.Run run) {
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
    }
}
