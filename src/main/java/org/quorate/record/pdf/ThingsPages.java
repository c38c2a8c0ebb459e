package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Equipment;
import org.quorate.record.Heading;
import org.quorate.record.Person;
import org.quorate.record.pdf.Tags.Tag;
import org.quorate.script.Script;

/// The ceremony, its people, the machine and the tokens.
final class ThingsPages {
    private static final float LABELS = 118;

    private final Flow flow;
    private final CeremonyRecord record;
    private final When when;

    ThingsPages(Flow flow, CeremonyRecord record, When when) {
        this.flow = flow;
        this.record = record;
        this.when = when;
    }

    void write() {
        // Page 1 is read by itself; what it could not hold is followed at once.
        if (flow.sheets().size() == 1) {
            flow.newPage();
        }
        Tag part = flow.section(Bits.text("section.ceremony"));
        TablePainter.paint(flow, part, Table.facts(LABELS, FrontPage.facts(record)));
        script();
        people();
        workstation();
        tokens();
    }

    private void script() {
        Heading heading = record.heading();
        Script.DocumentControl document = heading.script().document();
        Tag part = flow.section(Bits.text("section.script"));
        var rows = new ArrayList<Table.Row>();
        rows.add(Bits.fact(
                Bits.text("fact.script"),
                heading.script().id() + " " + heading.script().version()));
        rows.add(Bits.hexFact(
                Bits.text("fact.script_digest"), heading.script().digest().hex()));
        heading.script()
                .parts()
                .forEach(used -> rows.add(Bits.hexFact(
                        Bits.text("fact.part", used.file()), used.digest().hex())));
        rows.addAll(documentFacts(document));
        rows.add(Bits.hexFact(
                Bits.text("fact.site_digest"), heading.script().site().hex()));
        Heading.Program program = heading.program();
        rows.add(Bits.fact(
                Bits.text("fact.program"),
                Bits.text("program", program.name(), program.version(), program.java(), program.starts())));
        TablePainter.paint(flow, part, Table.facts(LABELS, rows));
        if (!heading.script().waivers().isEmpty()) {
            Tag waived = flow.section(Texts.get("record.paper.section.waivers"));
            TablePainter.paint(flow, waived, Bits.waivers(heading.script().waivers()));
        }
    }

    static List<Table.Row> documentFacts(Script.DocumentControl document) {
        var facts = new ArrayList<>(List.of(
                Bits.fact(Bits.text("fact.owner"), document.owner()),
                Bits.fact(Bits.text("fact.reviewers"), String.join(", ", document.reviewers())),
                Bits.fact(Bits.text("fact.approvers"), String.join(", ", document.approvers())),
                Bits.fact(Bits.text("fact.implements"), document.implementsPolicy()),
                Bits.fact(Bits.text("fact.classification"), document.classification()),
                Bits.fact(Bits.text("fact.retention"), document.retention()),
                Bits.fact(Bits.text("fact.next_review"), document.nextReview())));
        document.repeatMonths()
                .ifPresent(months -> facts.add(Bits.fact(Bits.text("fact.held_again"), heldAgain(months))));
        return facts;
    }

    private static String heldAgain(int months) {
        return months == 1 ? Bits.text("held_again.monthly") : Bits.text("held_again", months);
    }

    private void people() {
        Tag part = flow.section(Bits.text("section.people"));
        if (record.people().isEmpty()) {
            Bits.none(flow, part, "none.people");
            return;
        }
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(
                                Bits.column("name", 112),
                                Bits.column("card", 0),
                                Bits.column("present", 72),
                                Bits.column("agreement", 100)),
                        0,
                        record.people().stream().map(this::person).toList()));
    }

    private Table.Row person(Person person) {
        var name = new ArrayList<Paragraph>();
        name.add(Paragraph.of(Style.CELL_BOLD, person.name()));
        name.add(Paragraph.of(Style.CELL, person.who().organisation()));
        name.add(Paragraph.of(Style.NOTE, String.join(", ", person.who().roles())));
        var card = new ArrayList<Paragraph>();
        if (!person.proof().card().isEmpty()) {
            card.add(Paragraph.of(Style.CELL, Bits.text("card", person.proof().card())));
        }
        card.addAll(Paragraph.hex(
                new Style(Face.MONO, 7.4f, 10.6f, Ink.TEXT),
                person.proof().key().hex(),
                8));
        card.add(Paragraph.of(Style.NOTE, person.proof().identity()));
        var present = new ArrayList<Paragraph>();
        person.presence()
                .arrived()
                .ifPresent(moment -> present.add(Paragraph.of(Style.CELL, Bits.text("from", when.of(moment)))));
        person.presence()
                .lastSigned()
                .ifPresent(moment -> present.add(Paragraph.of(Style.CELL, Bits.text("last_signed", when.of(moment)))));
        Optional<Person.Agreement> agreement = person.agreement();
        boolean disagrees = agreement.filter(said -> !said.agrees()).isPresent();
        var said = new ArrayList<Paragraph>();
        if (agreement.isEmpty()) {
            said.add(Paragraph.of(Style.CELL, Bits.text("agreement.none")));
        } else if (disagrees) {
            said.add(Paragraph.of(Style.CELL_BOLD.with(Ink.WARN), Bits.text("agreement.no")));
            said.add(Paragraph.of(Style.CELL, agreement.get().because()));
        } else {
            said.add(Paragraph.of(Style.CELL, Bits.text("agreement.yes")));
        }
        return new Table.Row(List.of(name, card, present, said), disagrees);
    }

    private void workstation() {
        Equipment equipment = record.equipment();
        Tag part = flow.section(Bits.text("section.workstation"));
        var rows = new ArrayList<Table.Row>();
        equipment.workstation().forEach(fact -> rows.add(row(fact)));
        if (rows.isEmpty()) {
            Bits.none(flow, part, "none.workstation");
        }
        TablePainter.paint(flow, part, Table.facts(LABELS, rows));
        facts(part, "section.clock", equipment.clock());
        equipment.modules().forEach(module -> facts(part, "section.module", module));
    }

    private void facts(Tag part, String title, List<Equipment.Fact> facts) {
        if (!facts.isEmpty()) {
            Table table =
                    Table.facts(LABELS, facts.stream().map(ThingsPages::row).toList());
            Tag sub = Bits.subsection(flow, part, Bits.text(title), table);
            TablePainter.paint(flow, sub, table);
        }
    }

    private static Table.Row row(Equipment.Fact fact) {
        return fact.hex() ? Bits.hexFact(fact.label(), fact.value()) : Bits.fact(fact.label(), fact.value());
    }

    private void tokens() {
        Tag part = flow.section(Bits.text("section.tokens"));
        if (record.equipment().tokens().isEmpty()) {
            Bits.none(flow, part, "none.tokens");
        }
        for (Equipment.TokenFacts token : record.equipment().tokens()) {
            token(part, token);
        }
    }

    private void token(Tag part, Equipment.TokenFacts token) {
        String title = Bits.text("token", token.role());

        var rows = new ArrayList<Table.Row>();
        token.facts().forEach(fact -> rows.add(row(fact)));
        rows.add(Bits.fact(
                Bits.text("fact.certificate_number"),
                token.certificateNumber().orElseGet(() -> Bits.text("certificate_number.none"))));
        rows.add(Bits.fact(Bits.text("fact.flags"), String.join(", ", token.flags())));
        token.examined()
                .mechanisms()
                .ifPresent(all -> rows.add(Bits.fact(
                        Bits.text("fact.mechanisms"), Table.cell(Style.NOTE.with(Ink.TEXT), mechanisms(all)))));
        rows.add(Bits.fact(
                Bits.text("fact.before"), objects(token.examined().objects().before())));
        rows.add(Bits.fact(
                Bits.text("fact.after"), objects(token.examined().objects().after())));
        Table table = Table.facts(LABELS, rows);
        Tag sub = Bits.subsection(flow, part, title, table);
        TablePainter.paint(flow, sub, table);
        if (!token.examined().admission().isEmpty()) {
            flow.advance(8);
            flow.ensure(70);
            flow.paragraph(sub, Paragraph.of(Style.LABEL, Bits.text("admission")));
            TablePainter.paint(flow, sub, admission(token.examined().admission()));
        }
        new HealthTables(flow, sub).paint(token.examined().health());
    }

    private static Table admission(List<Equipment.Admission> findings) {
        return Table.headed(
                List.of(Bits.column("attack", 150), Bits.column("result", 62), Bits.column("detail", 0)),
                0,
                findings.stream()
                        .map(finding -> new Table.Row(
                                List.of(
                                        Table.cell(finding.name().replace('_', ' ')),
                                        Table.cell(
                                                Style.CELL_BOLD.with(finding.passed() ? Ink.TEXT : Ink.WARN),
                                                Bits.text("admission." + finding.verdict())),
                                        Table.cell(finding.detail())),
                                !finding.passed()))
                        .toList());
    }

    private static String mechanisms(List<Json.Obj> all) {
        String names =
                String.join(", ", all.stream().map(ThingsPages::mechanism).toList());
        return Bits.text("mechanisms", all.size(), names);
    }

    /// With the sizes of its keys, where the token says them.
    private static String mechanism(Json.Obj one) {
        long most = one.integer("max");
        return most <= 0 ? one.string("name") : one.string("name") + " " + one.integer("min") + "\u2013" + most;
    }

    private static List<Paragraph> objects(Optional<List<String>> objects) {
        if (objects.isEmpty()) {
            return Table.cell(Style.CELL.with(Ink.MUTED), Bits.text("not_looked"));
        }
        return objects.get().isEmpty()
                ? Table.cell(Bits.text("no_objects"))
                : objects.get().stream()
                        .map(line -> Paragraph.of(Style.CELL, line))
                        .toList();
    }
}
