package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Certificates;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Directory;
import org.quorate.quorum.directory.SignedExport;
import org.quorate.script.Step;

/// Those whose cards count, beside those whom the organisation's identity provider has in its groups. The ledger alone
/// says whose card counts; the groups say whose should.
final class RosterActs {
    private static final int MAX_BYTES = 256 << 10;
    private static final String CHECKED = "roster_checked";
    private static final String SIGNER = "directory_signer";

    private RosterActs() {}

    static String check(Step.CheckRoster step, Stage stage) {
        SignedExport export = export(step.file(), stage);
        compareSigner(export, stage);
        String role = stage.script().cast().role(step.role()).title();
        if (!export.directory().groups().containsKey(step.group())) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.no_such_group",
                    step.group(),
                    step.file(),
                    String.join(", ", export.directory().groups().keySet())));
        }
        Directory.Check check = export.directory().check(stage.setting().roster(), step.role(), step.group());
        String found = words(check, role, step.group());
        observe(step, check, role, found, stage);
        if (!check.agrees()) {
            stage.confirm(
                    "differences",
                    Texts.get("ceremony.roster.read_aloud", found),
                    Texts.get("ceremony.button.confirm"));
            stage.enter(
                    "differences_next",
                    Texts.get("ceremony.roster.what_next"),
                    Texts.get("ceremony.roster.what_next.hint"),
                    text -> text.isBlank()
                            ? Optional.of(Texts.get("ceremony.roster.what_next.missing"))
                            : Optional.empty());
        }
        return found;
    }

    private static void observe(Step.CheckRoster step, Directory.Check check, String role, String found, Stage stage) {
        if (stage.run().observation(CHECKED).isPresent()) {
            return;
        }
        stage.observe(Observation.sensed(CHECKED, Texts.get("ceremony.roster.label", role, step.group()), found)
                .verdict(check.agrees())
                .detail(Json.obj()
                        .put("role", step.role())
                        .put("group", step.group())
                        .put("file", step.file())
                        .put("members", check.members())
                        .put("no_card", strings(check.noCard()))
                        .put("no_member", strings(check.noMember()))
                        .build()));
    }

    private static Json strings(Set<String> names) {
        return Json.array(names.stream().sorted().map(Json::of).toList());
    }

    private static String words(Directory.Check check, String role, String group) {
        if (check.agrees()) {
            return Texts.get("ceremony.roster.agrees", role, group, check.members());
        }
        return String.join(
                " ",
                List.of(
                                line("ceremony.roster.no_card", check.noCard(), role, group),
                                line("ceremony.roster.no_member", check.noMember(), role, group))
                        .stream()
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    private static String line(String key, Set<String> names, String role, String group) {
        return names.isEmpty()
                ? ""
                : Texts.get(key, String.join(", ", names.stream().sorted().toList()), role, group);
    }

    /// Where the groups were looked at in this ceremony, nobody gets a card for a role whose group they are not in.
    static void requireMember(String holder, List<String> roles, Stage stage) {
        for (String role : roles) {
            checked(role, stage).ifPresent(detail -> {
                Set<String> members = export(detail.string("file"), stage)
                        .directory()
                        .groups()
                        .getOrDefault(detail.string("group"), Set.of());
                if (members.stream().noneMatch(member -> Directory.same(member, holder))) {
                    throw StepFailed.hard(Problem.of("ceremony.not_in_group", holder, detail.string("group")));
                }
            });
        }
    }

    private static Optional<Json.Obj> checked(String role, Stage stage) {
        return stage.ceremony()
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals(CHECKED))
                .map(data -> data.object("detail"))
                .filter(detail -> detail.string("role").equals(role))
                .reduce((first, second) -> second);
    }

    private static SignedExport export(String file, Stage stage) {
        byte[] content = CeremonyFiles.get(
                stage, file, Texts.get("ceremony.roster.bring", file), MAX_BYTES, bytes -> refusal(bytes, stage));
        return read(content, stage);
    }

    private static Optional<String> refusal(byte[] bytes, Stage stage) {
        try {
            read(bytes, stage);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem().what() + " " + e.problem().cause());
        }
    }

    private static SignedExport read(byte[] content, Stage stage) {
        return SignedExport.of(content, stage.equipment().workstation().now());
    }

    /// Once for a signer in a ceremony, whatever the number of groups.
    private static void compareSigner(SignedExport export, Stage stage) {
        String print = Certificates.digest(export.signer()).grouped();
        boolean known = stage.ceremony()
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals(SIGNER))
                .anyMatch(data -> data.string("text").equals(print)
                        && data.optionalString("verdict").equals(Optional.of("matches")));
        if (!known) {
            stage.compare(
                    SIGNER,
                    Exhibit.of(
                            Texts.get(
                                    "ceremony.roster.signer",
                                    export.signer().getSubjectX500Principal().getName()),
                            print),
                    Texts.get("ceremony.roster.signer.against"));
        }
    }
}
