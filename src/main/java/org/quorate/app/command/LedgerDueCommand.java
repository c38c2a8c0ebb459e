package org.quorate.app.command;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Schedule;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Growth;
import org.quorate.script.Script;
import picocli.CommandLine;

/// `quorate ledger due`: ceremonies that are to be held again, keys whose time ends, lists and reviews, and by when.
/// Whoever runs it every day is told by its answer.
@CommandLine.Command(name = "due")
final class LedgerDueCommand extends LedgerReadingAt {
    private final ScriptFiles scripts;

    LedgerDueCommand(SiteFolder defaultHome, InstantSource clock, ScriptFiles scripts) {
        super(defaultHome, clock);
        this.scripts = scripts;
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        List<Schedule.Due> due = schedule(opened).due();
        output.answer(
                opened.json()
                        .put("due", Json.array(due.stream().map(this::json).toList()))
                        .build(),
                due.isEmpty()
                        ? List.of(Texts.get("app.ledger.due.none"))
                        : due.stream().map(this::line).toList());
        return due.stream().anyMatch(one -> one.overdue(now())) ? Exit.NO : Exit.DONE;
    }

    private Schedule schedule(Opened opened) {
        var entries = new LinkedHashMap<UUID, List<Entry>>();
        opened.reader()
                .eachEntry(entry -> entry.ceremony()
                        .ifPresent(id -> entries.computeIfAbsent(id, _ -> new ArrayList<>())
                                .add(entry)));
        Map<Digest, Optional<Script>> read = new HashMap<>();
        var schedule = new Schedule(opened.reader().keys());
        entries.values().forEach(own -> {
            Ceremony ceremony = Ceremony.of(own);
            schedule.add(
                    ceremony,
                    read.computeIfAbsent(
                            ceremony.script(),
                            digest -> opened.copy()
                                    .artefact(digest)
                                    .flatMap(source -> scripts.parsed(source, opened.copy()::artefact))));
        });
        return schedule;
    }

    private Json.Obj json(Schedule.Due due) {
        return Json.obj()
                .put("kind", due.kind().wire())
                .put("title", due.title())
                .put("detail", due.detail())
                .put("by", UtcTime.format(due.by()))
                .put("overdue", due.overdue(now()))
                .build();
    }

    private String line(Schedule.Due due) {
        return Texts.get(
                due.overdue(now()) ? "app.ledger.due.overdue" : "app.ledger.due.due",
                UtcTime.forPeople(due.by()),
                VisibleText.of(due.title()),
                VisibleText.of(due.detail()));
    }
}
