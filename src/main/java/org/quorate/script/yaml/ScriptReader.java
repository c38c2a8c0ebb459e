package org.quorate.script.yaml;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.hsm.KeyPolicy;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.quorum.Quorum;
import org.quorate.script.Act;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Part;
import org.quorate.script.Parts;
import org.quorate.script.Place;
import org.quorate.script.Places;
import org.quorate.script.Reading;
import org.quorate.script.Rule;
import org.quorate.script.Script;
import org.quorate.script.Script.RoleSpec;
import org.quorate.script.Script.TokenSpec;
import org.quorate.script.ScriptFormat;
import org.quorate.script.Waiver;
import org.quorate.script.yaml.References.Of;

/// Reads `quorate-script/1`, whose reference is `docs/script-format.md`.
public final class ScriptReader implements ScriptFormat {
    static final String FORMAT = "quorate-script/1";
    private static final int LINE = StepReader.MAX_TITLE;
    private static final int MAX_YEARS = 50;
    private static final int MAX_REPEAT_MONTHS = 120;
    private static final int LONG_LINE = 200;
    private static final int LONG_TEXT = 400;
    private static final int MAX_ITEMS = 100;

    @Override
    public Reading read(String file, byte[] bytes, Parts parts) {
        var findings = new Findings(file);
        Optional<Node> root = YamlTree.parse(bytes, findings);
        if (root.isEmpty()) {
            return new Reading.Refused(findings.inOrder());
        }
        return PartReader.isPart(root.get())
                ? part(file, bytes.clone(), root.get(), findings)
                : new File(file, bytes.clone(), findings).read(root.get(), parts);
    }

    /// A part by itself: the names that it expects stand for those of a script.
    private static Reading part(String file, byte[] bytes, Node root, Findings findings) {
        PartReader.PartAct read = new PartReader(findings, Map.of()).read(root);
        if (!findings.isEmpty()) {
            return new Reading.Refused(findings.inOrder());
        }
        var part = new Part(file, bytes);
        var act = new Act(read.id(), read.title(), read.steps(), Optional.of(part));
        return new Reading.ReadPart(
                part, act, new Places(file, read.places(), Map.of(), Map.of(), Map.of(), Map.of(), List.of()));
    }

    /// One file on its way to a script.
    private static final class File {
        private final String file;
        private final byte[] source;
        private final Findings findings;
        private final References references = new References();
        private final List<Place> waiverPlaces = new ArrayList<>();

        File(String file, byte[] source, Findings findings) {
            this.file = file;
            this.source = source;
            this.findings = findings;
        }

        Reading read(Node root, Parts parts) {
            Fields header = Fields.of(root, "the script", findings);
            String format = header.text("format", LINE);
            if (!format.isEmpty() && !format.equals(FORMAT)) {
                // The keys of another format mean something else, so that further findings would only confuse.
                findings.add(Rule.UNKNOWN_FORMAT, header.placeOf("format"), format, FORMAT);
                return new Reading.Refused(findings.inOrder());
            }
            String id = header.text("id", LINE);
            Ids.checkId(id, header.placeOf("id"), findings);
            String version = header.text("version", LINE);
            String title = header.text("title", LINE);
            String kind = header.text("kind", LINE);
            Ids.checkName(kind, header.placeOf("kind"), findings);
            Script.DocumentControl document = document(header);
            var cast = new Script.Cast(roles(header), quorums(header), tokens(header), keys(header));
            var reader = new ActReader(file, findings, references, parameters(header), parts);
            List<Act> acts = reader.read(header.list("acts"));
            List<Waiver> waivers = waivers(header);
            header.close();
            // Of a script of which a piece is missing nobody can say what it uses.
            if (reader.whole()) {
                references.report(findings);
            }
            if (!findings.isEmpty()) {
                return new Reading.Refused(findings.inOrder());
            }
            return new Reading.Read(
                    new Script(id, version, title, kind, document, cast, acts, waivers, source), places());
        }

        private Places places() {
            return new Places(
                    file,
                    references.defined(Of.STEP),
                    references.defined(Of.ROLE),
                    references.defined(Of.QUORUM),
                    references.defined(Of.TOKEN),
                    references.defined(Of.KEY),
                    waiverPlaces);
        }

        private List<Waiver> waivers(Fields header) {
            var waivers = new ArrayList<Waiver>();
            List<Node> items = header.optional("waivers")
                    .map(node -> header.list("waivers", node))
                    .orElse(List.of());
            for (Node item : items) {
                Fields waiver = Fields.of(item, "a waiver", findings);
                waiverPlaces.add(waiver.place());
                waivers.add(new Waiver(
                        waiver.text("rule", LINE), waiver.text("at", LINE), waiver.text("reason", LONG_TEXT)));
                waiver.close();
            }
            return waivers;
        }

        private Script.DocumentControl document(Fields header) {
            Fields document = header.required("document")
                    .map(node -> Fields.of(node, "document", findings))
                    .orElseGet(() -> new Fields(new Node.Mapping(Place.START, Map.of()), new Findings(file)));
            var control = new Script.DocumentControl(
                    document.text("owner", LONG_LINE),
                    document.texts("reviewers", LONG_LINE),
                    document.texts("approvers", LONG_LINE),
                    document.text("classification", LONG_LINE),
                    document.text("retention", LONG_LINE),
                    document.text("next_review", LINE),
                    document.text("implements", LONG_LINE),
                    document.optional("approved_by").map(this::approvedBy),
                    document.optional("repeat_months")
                            .map(node ->
                                    document.integer("repeat_months", node, 1, MAX_REPEAT_MONTHS, Rule.BAD_VALUE)));
            if (!control.nextReview().isEmpty() && !isDate(control.nextReview())) {
                findings.add(
                        Rule.BAD_VALUE, document.placeOf("next_review"), "next_review", "a date such as 2027-05-31");
            }
            document.close();
            return control;
        }

        /// The roles are those of the site's roster, so nothing in the script has to define them.
        private Quorum approvedBy(Node node) {
            Fields quorum = Fields.of(node, "approved_by", findings);
            int m = quorum.integer("m", 2, 99, Rule.BAD_VALUE);
            List<String> roles = quorum.texts("roles", LINE);
            roles.forEach(role -> Ids.checkName(role, quorum.placeOf("roles"), findings));
            quorum.close();
            return new Quorum(m, roles.isEmpty() ? List.of("") : roles);
        }

        private static boolean isDate(String text) {
            try {
                return LocalDate.parse(text).toString().equals(text);
            } catch (DateTimeParseException e) {
                return false;
            }
        }

        private Map<String, RoleSpec> roles(Fields header) {
            var roles = new LinkedHashMap<String, RoleSpec>();
            header.named("roles", false).forEach((name, role) -> {
                references.define(Of.ROLE, name, role.place());
                // Whether the count makes sense is for lint to say; here it only has to be a count.
                roles.put(
                        name,
                        new RoleSpec(
                                role.text("title", LINE),
                                role.integer("count", 0, 99, Rule.BAD_VALUE),
                                role.text("duty", LONG_LINE)));
                role.close();
            });
            return roles;
        }

        private Map<String, Quorum> quorums(Fields header) {
            var quorums = new LinkedHashMap<String, Quorum>();
            header.named("quorums", true).forEach((name, quorum) -> {
                references.define(Of.QUORUM, name, quorum.place());
                int m = quorum.integer("m", 1, 99, Rule.BAD_VALUE);
                List<String> roles = quorum.texts("roles", LINE);
                roles.forEach(role -> references.use(Of.ROLE, role, quorum.placeOf("roles")));
                Optional<Integer> within = quorum.optional("within_minutes")
                        .map(node -> quorum.integer("within_minutes", 1, StepReader.MAX_MINUTES, Rule.BAD_VALUE));
                quorum.close();
                quorums.put(name, new Quorum(m, roles.isEmpty() ? List.of("") : roles, within));
            });
            return quorums;
        }

        private Map<String, TokenSpec> tokens(Fields header) {
            var tokens = new LinkedHashMap<String, TokenSpec>();
            header.named("tokens", true).forEach((name, token) -> {
                references.define(Of.TOKEN, name, token.place());
                String title = token.text("title", LINE);
                String state = token.text("state", LINE);
                if (!state.isEmpty() && !state.equals("factory") && !state.equals("in_service")) {
                    findings.add(Rule.BAD_VALUE, token.placeOf("state"), "state", "factory or in_service");
                }
                token.close();
                tokens.put(
                        name,
                        new TokenSpec(
                                title, state.equals("factory") ? TokenSpec.State.FACTORY : TokenSpec.State.IN_SERVICE));
            });
            return tokens;
        }

        private Map<String, KeyDefinition> keys(Fields header) {
            var keys = new LinkedHashMap<String, KeyDefinition>();
            header.named("keys", true).forEach((name, key) -> {
                references.define(Of.KEY, name, key.place());
                String label = key.text("label", 64);
                String specText = key.text("spec", LINE);
                Optional<KeySpec> spec = KeySpec.parse(specText);
                if (spec.isEmpty() && !specText.isEmpty()) {
                    badSpec(specText, key);
                }
                String purposeText = key.text("purpose", LINE);
                Optional<KeyPurpose> purpose = KeyPurpose.ofWire(purposeText)
                        // What a wrapping key becomes on the receiving token; a script only speaks of the wrapping key.
                        .filter(found -> found != KeyPurpose.UNWRAPPING);
                if (purpose.isEmpty() && !purposeText.isEmpty()) {
                    findings.add(
                            Rule.BAD_VALUE,
                            key.placeOf("purpose"),
                            "purpose",
                            "certificate_authority, signing, transport, wrapping, data_encryption, key_encryption or "
                                    + "message_authentication");
                }
                Optional<Integer> years = key.optional("cryptoperiod_years")
                        .map(node -> key.integer("cryptoperiod_years", node, 1, MAX_YEARS, Rule.BAD_VALUE));
                Optional<String> copyable =
                        key.optional("copyable").map(node -> key.text("copyable", node, StepReader.MAX_TEXT));
                copyable.filter(reason -> purpose.isPresent() && !purpose.get().wantsBackup())
                        .ifPresent(reason -> findings.add(
                                Rule.COPYABLE_OF_NO_USE,
                                key.placeOf("copyable"),
                                name,
                                purpose.get().wire()));
                key.close();
                keys.put(
                        name,
                        new KeyDefinition(
                                label,
                                spec.orElse(new KeySpec.Aes(256)),
                                purpose.orElse(KeyPurpose.WRAPPING),
                                years,
                                copyable));
            });
            return keys;
        }

        private void badSpec(String text, Fields key) {
            Optional<String> section = KeyPolicy.forbidden(text);
            if (section.isPresent()) {
                findings.add(Rule.KEY_TOO_WEAK, key.placeOf("spec"), text, section.get());
            } else {
                findings.add(
                        Rule.BAD_VALUE,
                        key.placeOf("spec"),
                        "spec",
                        "EC P-256, EC P-384, EC P-521, RSA 2048, RSA 3072, RSA 4096, Ed25519, AES 128, AES 192, AES 256, "
                                + "HMAC 256, HMAC 384 or HMAC 512");
            }
        }

        private Map<String, Parameter> parameters(Fields header) {
            var parameters = new LinkedHashMap<String, Parameter>();
            header.named("parameters", true).forEach((name, fields) -> {
                references.define(Of.PARAMETER, name, fields.place());
                String typeName = fields.text("type", LINE);
                Optional<Parameter.Type> type = Parameter.Type.ofWire(typeName);
                if (type.isEmpty() && !typeName.isEmpty()) {
                    findings.add(Rule.BAD_VALUE, fields.placeOf("type"), "type", "one of " + Parameter.Type.all());
                }
                Optional<Node> value = fields.required("value");
                fields.close();
                if (type.isPresent() && value.isPresent()) {
                    parameters.put(name, parameter(type.get(), value.get(), fields));
                }
            });
            return parameters;
        }

        private Parameter parameter(Parameter.Type type, Node node, Fields fields) {
            if (!type.isList()) {
                return new Parameter(type, value(type, node, fields));
            }
            var items = new ArrayList<Node.Scalar>();
            List<Node> list = fields.list("value", node);
            if (list.size() > MAX_ITEMS) {
                findings.add(Rule.BAD_VALUE, node.place(), "value", "a list of at most " + MAX_ITEMS + " items");
                return new Parameter(type, new Node.Scalar(node.place(), "", Node.ScalarType.OTHER));
            }
            Parameter.Type each =
                    type == Parameter.Type.LIST_OF_INTEGER ? Parameter.Type.INTEGER : Parameter.Type.STRING;
            for (Node one : list) {
                Node.Scalar item = value(each, one, fields);
                if (items.stream().anyMatch(other -> other.text().equals(item.text()))) {
                    findings.add(Rule.BAD_VALUE, one.place(), "value", "a list that has each item once");
                }
                type.names().ifPresent(of -> references.use(of, item.text(), item.place()));
                items.add(item);
            }
            return new Parameter(type, new Node.Scalar(node.place(), "", Node.ScalarType.OTHER), items);
        }

        private Node.Scalar value(Parameter.Type type, Node node, Fields fields) {
            if (type == Parameter.Type.INTEGER) {
                int value = fields.integer("value", node, -999_999_999, 999_999_999, Rule.BAD_VALUE);
                return new Node.Scalar(node.place(), Integer.toString(value), Node.ScalarType.INTEGER);
            }
            String text = fields.text("value", node, LONG_TEXT);
            if (type == Parameter.Type.DISTINGUISHED_NAME) {
                StepReader.checkDistinguishedName("value", text, node.place(), findings);
            }
            return new Node.Scalar(node.place(), text, Node.ScalarType.STRING);
        }
    }
}
