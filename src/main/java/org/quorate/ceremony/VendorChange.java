package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;
import org.quorate.ledger.EntryType;
import org.quorate.script.Step;

/// A maker's command that changes a token: the quorum signs the program by its digest and every argument, and
/// afterwards the token itself is asked, since a tool says of its own work what it likes.
final class VendorChange {
    private static final String BEGUN = "an act that was begun is never begun again";

    private final Step.RunVendorCommand step;
    private final Stage stage;
    private final VendorProfile.Command command;

    VendorChange(Step.RunVendorCommand step, Stage stage, VendorProfile.Command command) {
        this.step = step;
        this.stage = stage;
        this.command = command;
    }

    String perform(String quorum) {
        if (stage.run().of(EntryType.INTENT).findAny().isEmpty()) {
            begin(quorum);
        } else {
            stage.act(
                    stage.approve(Operation.VENDOR_COMMAND, quorum, "", () -> {
                        throw new IllegalStateException(BEGUN);
                    }),
                    "",
                    () -> {
                        throw new IllegalStateException(BEGUN);
                    });
        }
        askTheToken();
        return Texts.get("ceremony.vendor_command.done", command.title());
    }

    private void begin(String quorum) {
        TokenInfo token = stage.token(step.token()).info();
        Digest program = tool().digest(command.program());
        List<String> words = VendorTool.words(command, token);
        Approval approval = stage.approve(
                Operation.VENDOR_COMMAND,
                quorum,
                statement(token, program, words),
                () -> KeyActs.intentOnToken(Operation.VENDOR_COMMAND, step.token(), token)
                        .put(
                                "template",
                                Json.obj()
                                        .put("command", command.name())
                                        .put("words", Json.strings(words))
                                        .put("program_sha256", program.hex())
                                        .put("stdin", Json.strings(stdin()))
                                        .put(
                                                "quorum_by",
                                                command.change()
                                                        .filter(VendorProfile.Change::ownQuorum)
                                                        .map(own -> "hsm"))
                                        .build())
                        .put("expect", expected(token))
                        .build());
        Json.Obj approved = approval.act().object("template");
        // Hours may lie between the approval and the act.
        if (!approved.strings("words").equals(words)
                || !approved.string("program_sha256")
                        .equals(tool().digest(command.program()).hex())) {
            throw StepFailed.hard(Problem.of("hsm.vendor.tool_changed", command.program()));
        }
        stage.commit(
                Texts.get("ceremony.commit.vendor_command", command.title()),
                Texts.get("ceremony.consequence.vendor_command", expected(token)),
                List.of(
                        Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial()),
                        Exhibit.of(Texts.get("ceremony.fact.label"), token.label()),
                        Exhibit.of(Texts.get("ceremony.fact.words"), String.join(" ", words)),
                        Exhibit.of(Texts.get("ceremony.fact.program"), program)),
                approval,
                token);
        look("before");
        List<Secret> pins = pins();
        stage.act(
                approval,
                Texts.get("ceremony.working.vendor_command", command.title()),
                () -> run(token, new VendorTool.Request(words, command.call().seconds(), Optional.of(program), pins)));
    }

    private VendorTool tool() {
        return stage.equipment().workstation().vendorTool();
    }

    private List<String> stdin() {
        return command.call().stdin().stream().map(PinKind::wire).toList();
    }

    private String statement(TokenInfo token, Digest program, List<String> words) {
        String arguments = words.stream()
                .skip(1)
                .map(word -> Texts.get("ceremony.statement.vendor_command.argument", word))
                .collect(Collectors.joining("\n"));
        String pins = command.call().stdin().stream()
                .distinct()
                .map(kind -> "\n\n" + Texts.get("ceremony.statement.vendor_command.stdin." + kind.wire()))
                .collect(Collectors.joining());
        return Texts.get(
                        "ceremony.statement.vendor_command",
                        command.title(),
                        token.label(),
                        token.serial(),
                        command.program(),
                        program.grouped(),
                        arguments)
                + pins;
    }

    /// What must be true of the token afterwards, as far as the profile says.
    private String expected(TokenInfo before) {
        return command.change()
                .map(change -> {
                    var says = new ArrayList<String>();
                    says.add(Texts.get("ceremony.expect.vendor_command." + (change.present() ? "present" : "absent")));
                    VendorTool.labelAfter(change, before.serial(), before.label())
                            .ifPresent(label -> says.add(Texts.get("ceremony.expect.vendor_command.label", label)));
                    if (!change.flags().isEmpty()) {
                        says.add(Texts.get("ceremony.expect.vendor_command.flags", String.join(" ", change.flags())));
                    }
                    return String.join(", ", says);
                })
                .orElse(Texts.get("ceremony.expect.vendor_command.nothing"));
    }

    /// Each PIN is seen to be right before the intent, so that a wrong one is no failed act.
    private List<Secret> pins() {
        command.call().stdin().stream()
                .distinct()
                .forEach(kind -> stage.withLogin(step.token(), kind, session -> true));
        return command.call().stdin().stream()
                .map(kind -> stage.pin(step.token(), kind))
                .toList();
    }

    /// A tool that fails, or does not say what it must, may have done half of its work.
    private Outcome<Json.Obj> run(TokenInfo token, VendorTool.Request request) {
        VendorTool.Run run = tool().run(request);
        Optional<String> objection = VendorActs.record(stage, command, token, run);
        if (objection.isPresent()) {
            return new Outcome.Unknown<>(command.program(), objection.get());
        }
        return new Outcome.Done<>(Json.obj()
                .put("exit", run.exit())
                .put("program_sha256", run.program().hex())
                .build());
    }

    private void askTheToken() {
        if (stage.run().observation("vendor_command_after").isEmpty()) {
            observeAfter();
        }
        Json.Obj seen =
                stage.run().observation("vendor_command_after").orElseThrow().data();
        if (!seen.string("verdict").equals("matches")) {
            throw StepFailed.hard(
                    Problem.of("ceremony.vendor_command_not_so", command.title(), seen.string("because")));
        }
    }

    private void observeAfter() {
        String title = stage.script().cast().token(step.token()).title();
        Optional<TokenInfo> now =
                VendorActs.present(stage, step.token()).map(Token::info).filter(TokenInfo::initialised);
        now.ifPresent(info -> {
            stage.observe(Observation.sensed(
                            "token",
                            Texts.get("ceremony.token.label", title),
                            Texts.get("ceremony.token_before.text", info.label(), info.serial()))
                    .detail(info.toJson().with("role", Json.of(step.token()))));
            look("after");
        });
        String serial = stage.equipment().site().token(step.token()).serial();
        Optional<String> objection = command.change().flatMap(change -> objection(change, now));
        Observation observation = Observation.sensed(
                        "vendor_command_after",
                        Texts.get("ceremony.vendor_command.after", title),
                        now.map(info -> Texts.get(
                                        "ceremony.vendor_command.now",
                                        info.label(),
                                        info.serial(),
                                        String.join(" ", new TreeSet<>(info.flags()))))
                                .orElseGet(() -> Texts.get("ceremony.vendor_command.absent", serial)))
                .verdict(objection.isEmpty())
                .detail(Json.obj()
                        .put("role", step.token())
                        .put("present", now.isPresent())
                        .put(
                                "flags",
                                Json.strings(now.map(info -> new TreeSet<>(info.flags()))
                                        .orElseGet(TreeSet::new)))
                        .build());
        stage.observe(objection.map(observation::because).orElse(observation));
    }

    private Optional<String> objection(VendorProfile.Change change, Optional<TokenInfo> now) {
        if (now.isPresent() != change.present()) {
            return Optional.of(Texts.get("ceremony.vendor_command.after." + (now.isPresent() ? "there" : "gone")));
        }
        return now.flatMap(info -> {
            List<String> missing =
                    change.flags().stream().filter(flag -> !info.has(flag)).toList();
            if (!missing.isEmpty()) {
                return Optional.of(Texts.get("ceremony.vendor_command.after.flags", String.join(" ", missing)));
            }
            return VendorTool.labelAfter(change, info.serial(), labelBefore())
                    .filter(label -> !label.equals(info.label()))
                    .map(label -> Texts.get("ceremony.vendor_command.after.label", info.label(), label));
        });
    }

    /// As it was when people approved; it may be another now.
    private String labelBefore() {
        return stage.statement(Operation.VENDOR_COMMAND.wire())
                .orElseThrow()
                .data()
                .object("act")
                .object("token")
                .string("label");
    }

    /// What lies on the token, as its user sees it where it has one.
    private void look(String when) {
        Token token = stage.token(step.token());
        if (token.info().has("CKF_USER_PIN_INITIALIZED")) {
            stage.withLogin(step.token(), PinKind.USER, session -> {
                TokenActs.objects(stage, step.token(), when, session);
                return true;
            });
            return;
        }
        try (TokenSession session = token.open(new Token.Login.None()).orThrow()) {
            TokenActs.objects(stage, step.token(), when, session);
        }
    }
}
