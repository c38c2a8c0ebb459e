package org.quorate.script.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.PinKind;
import org.quorate.script.CertificateProfile;
import org.quorate.script.Place;
import org.quorate.script.Rule;
import org.quorate.script.Step;
import org.quorate.script.Step.CheckConnection.Connection;
import org.quorate.script.Step.SignQuorumFile.Format;
import org.quorate.script.yaml.References.Of;

/// One step by its [StepForm].
final class StepReader {
    static final int MAX_TITLE = 80;
    static final int MAX_SAY = 1200;
    private static final int MAX_LABEL = 32;
    static final int MAX_TEXT = 400;
    static final int MAX_MINUTES = 480;
    private static final int MAX_REVIEW_DAYS = 90;
    private static final int MAX_PATHS = 6;
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int MAX_DNS_NAME = 253;
    private static final Pattern DNS_NAME =
            Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");
    /// Not https: whoever checks that server's certificate would need the list that is fetched there.
    private static final Pattern URL = Pattern.compile("http://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern PARAMETER = Pattern.compile("\\$([a-z][a-z0-9_]*)");

    private final Findings findings;
    private final References references;
    private final Map<String, Parameter> parameters;

    StepReader(Findings findings, References references, Map<String, Parameter> parameters) {
        this.findings = findings;
        this.references = references;
        this.parameters = parameters;
    }

    /// Empty where the step has findings.
    Optional<Step> read(Node node) {
        int before = findings.count();
        Fields fields = Fields.of(node, "a step", findings);
        String kind = fields.text("kind", MAX_TITLE);
        Optional<StepForm> form = StepForms.of(kind);
        if (form.isEmpty()) {
            if (!kind.isEmpty()) {
                findings.add(Rule.UNKNOWN_KIND, fields.placeOf("kind"), kind, String.join(", ", StepForms.kinds()));
            }
            return Optional.empty();
        }
        Step.Head head = head(fields);
        var values = new Values();
        for (StepForm.FieldForm field : form.get().fields()) {
            Rule absent = switch (field.type()) {
                case QUORUM -> Rule.SENSITIVE_STEP_WITHOUT_QUORUM;
                case REVIEW_DAYS -> Rule.BREAK_GLASS_WITHOUT_REVIEW;
                default -> Rule.MISSING_KEY;
            };
            Optional<Node> value =
                    field.required() ? fields.required(field.name(), absent) : fields.optional(field.name());
            value.ifPresent(found -> read(field, found, fields, values));
        }
        fields.close();
        return findings.count() == before ? Optional.of(form.get().make().apply(head, values)) : Optional.empty();
    }

    private Step.Head head(Fields fields) {
        String id = fields.text("id", MAX_TITLE);
        Ids.checkId(id, fields.placeOf("id"), findings);
        if (references.isDefined(Of.STEP, id)) {
            findings.add(Rule.DUPLICATE_ID, fields.placeOf("id"), "step", id);
        } else {
            references.define(Of.STEP, id, fields.place());
        }
        return new Step.Head(
                id,
                fields.text("title", MAX_TITLE),
                fields.prose("say", MAX_SAY),
                role("by", fields),
                role("witnessed_by", fields),
                fields.integer("minutes", 1, MAX_MINUTES, Rule.MINUTES_NOT_POSITIVE));
    }

    private String role(String key, Fields fields) {
        String role = fields.text(key, MAX_TITLE);
        references.use(Of.ROLE, role, fields.placeOf(key));
        return role;
    }

    private void read(StepForm.FieldForm field, Node node, Fields fields, Values values) {
        String name = field.name();
        switch (field.type()) {
            case TEXT -> values.put(name, fields.text(name, resolved(name, node, Parameter.Type.STRING), MAX_TEXT));
            case FILE -> values.put(name, file(name, node, fields));
            case FILE_FORMAT -> values.put(name, format(name, node, fields));
            case SHARE_FORM -> values.put(name, shareForm(name, node, fields));
            case SPEC -> values.put(name, spec(name, node, fields));
            case COUNT -> values.put(name, integer(name, node, 10_000, fields));
            case LABEL -> values.put(name, label(name, node, fields));
            case DISTINGUISHED_NAME ->
                values.put(
                        name, distinguishedName(name, resolved(name, node, Parameter.Type.DISTINGUISHED_NAME), fields));
            case PIN -> values.put(name, pin(name, node, fields));
            case PIN_HOLDER -> values.put(name, holder(name, node, fields));
            case CONNECTION -> values.put(name, connection(name, node, fields));
            case SECONDS -> values.put(name, integer(name, node, 3600, fields));
            case CALLS -> values.put(name, integer(name, node, 10_000, fields));
            case MINUTES -> values.put(name, integer(name, node, MAX_MINUTES, fields));
            case DAYS -> values.put(name, integer(name, node, 18_262, fields));
            case PATH_LENGTH -> values.put(name, fields.integer(name, node, 0, 9, Rule.BAD_VALUE));
            case PROFILE -> values.put(name, profile(name, node, fields));
            case DNS_NAMES -> values.put(name, dnsNames(name, node, fields));
            case URL -> values.put(name, url(name, node, fields));
            case REVIEW_DAYS -> values.put(name, integer(name, node, MAX_REVIEW_DAYS, fields));
            case YEARS -> values.put(name, integer(name, node, 50, fields));
            case ROLE -> values.put(name, reference(Of.ROLE, name, node, fields));
            case QUORUM -> values.put(name, reference(Of.QUORUM, name, node, fields));
            case TOKEN -> values.put(name, reference(Of.TOKEN, name, node, fields));
            case KEY -> values.put(name, reference(Of.KEY, name, node, fields));
            case STEP -> values.put(name, reference(Of.STEP, name, node, fields));
            case TOKENS -> values.put(name, references(Of.TOKEN, name, node, fields));
            case ROLES -> values.put(name, references(Of.ROLE, name, node, fields));
            case PATHS -> values.putPaths(paths(name, node, fields));
            case INPUTS -> values.putInputs(inputs(name, node, fields));
        }
    }

    private String pin(String key, Node node, Fields fields) {
        String whose = fields.text(key, node, MAX_TITLE);
        if (PinKind.ofWire(whose).isEmpty()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "user or so");
            return PinKind.USER.wire();
        }
        return whose;
    }

    /// C_InitToken takes 32 bytes, and a letter may be several.
    private String label(String key, Node node, Fields fields) {
        String label = fields.text(key, resolved(key, node, Parameter.Type.STRING), MAX_LABEL);
        if (label.getBytes(StandardCharsets.UTF_8).length > MAX_LABEL) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "a label of at most 32 bytes in UTF-8");
        }
        return label;
    }

    /// `so_pin_by: security_officer` or `so_pin_by: {split: share_holders}`.
    private Step.PinHolder holder(String key, Node node, Fields fields) {
        if (!(node instanceof Node.Mapping)) {
            return new Step.PinHolder.Typist(reference(Of.ROLE, key, node, fields));
        }
        Fields split = Fields.of(node, key, findings);
        String quorum = split.text("split", MAX_TITLE);
        references.use(Of.QUORUM, quorum, split.placeOf("split"));
        split.close();
        return new Step.PinHolder.Cards(quorum);
    }

    private String file(String key, Node node, Fields fields) {
        String named = fields.text(key, resolved(key, node, Parameter.Type.STRING), MAX_TITLE);
        if (!FILE_NAME.matcher(named).matches()) {
            findings.add(
                    Rule.BAD_VALUE,
                    node.place(),
                    key,
                    "a file name of letters, digits, dots and hyphens, without a folder");
        }
        return named;
    }

    private String format(String key, Node node, Fields fields) {
        String named = fields.text(key, node, MAX_TITLE);
        if (Format.ofWire(named).isEmpty()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "aws_cloudhsm or plain");
            return Format.PLAIN.wire();
        }
        return named;
    }

    private String shareForm(String key, Node node, Fields fields) {
        String named = fields.text(key, node, MAX_TITLE);
        if (Step.EscrowKey.Form.ofWire(named).isEmpty()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "cards or paper");
            return Step.EscrowKey.Form.CARDS.wire();
        }
        return named;
    }

    private String profile(String key, Node node, Fields fields) {
        String named = fields.text(key, node, MAX_TITLE);
        if (CertificateProfile.ofWire(named).isEmpty()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "subordinate_ca, tls_server or code_signing");
            return CertificateProfile.TLS_SERVER.wire();
        }
        return named;
    }

    private List<String> dnsNames(String key, Node node, Fields fields) {
        var names = new ArrayList<String>();
        for (Node item : fields.list(key, node)) {
            String name = fields.text(key, resolved(key, item, Parameter.Type.STRING), MAX_DNS_NAME);
            if (!DNS_NAME.matcher(name).matches() || names.contains(name)) {
                findings.add(
                        Rule.BAD_VALUE,
                        item.place(),
                        key,
                        "a list of DNS names in lower case such as www.example.org, each once");
            }
            names.add(name);
        }
        return names;
    }

    private String url(String key, Node node, Fields fields) {
        String url = fields.text(key, resolved(key, node, Parameter.Type.STRING), MAX_TEXT);
        if (!URL.matcher(url).matches()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "an address such as http://pki.example.org/root.crl");
        }
        return url;
    }

    private String spec(String key, Node node, Fields fields) {
        String text = fields.text(key, resolved(key, node, Parameter.Type.STRING), MAX_TITLE);
        if (KeySpec.parse(text).filter(KeySpec.Aes.class::isInstance).isEmpty()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "AES 128, AES 192 or AES 256");
            return "AES 256";
        }
        return text;
    }

    private String connection(String key, Node node, Fields fields) {
        String expected = fields.text(key, node, MAX_TITLE);
        if (Connection.ofWire(expected).isEmpty()) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "present or absent");
            return Connection.PRESENT.wire();
        }
        return expected;
    }

    private String reference(Of of, String key, Node node, Fields fields) {
        String name = fields.text(key, node, MAX_TITLE);
        references.use(of, name, node.place());
        return name;
    }

    private List<String> references(Of of, String key, Node node, Fields fields) {
        var names = new ArrayList<String>();
        for (Node item : fields.list(key, node)) {
            String name = reference(of, key, item, fields);
            if (names.contains(name)) {
                findings.add(Rule.BAD_VALUE, item.place(), key, "a list that names each " + of.word() + " once");
            }
            names.add(name);
        }
        return names;
    }

    private List<Step.Decide.Path> paths(String key, Node node, Fields fields) {
        List<Node> items = fields.list(key, node);
        if (items.size() == 1 || items.size() > MAX_PATHS) {
            findings.add(Rule.BAD_VALUE, node.place(), key, "two paths or more, and at most " + MAX_PATHS);
        }
        var paths = new ArrayList<Step.Decide.Path>();
        for (Node item : items) {
            Fields path = Fields.of(item, "a path", findings);
            String name = path.text("name", MAX_TITLE);
            Ids.checkName(name, path.placeOf("name"), findings);
            if (paths.stream().anyMatch(other -> other.name().equals(name))) {
                findings.add(Rule.DUPLICATE_ID, path.placeOf("name"), "path", name);
            }
            String label = path.text("label", MAX_TITLE);
            paths.add(new Step.Decide.Path(
                    name,
                    label,
                    path.optional("acts")
                            .map(found -> references(Of.ACT, "acts", found, path))
                            .orElse(List.of()),
                    path.optional("steps")
                            .map(found -> references(Of.STEP, "steps", found, path))
                            .orElse(List.of())));
            path.close();
        }
        return paths;
    }

    private List<Step.Field> inputs(String key, Node node, Fields fields) {
        var inputs = new ArrayList<Step.Field>();
        var names = new HashSet<String>();
        for (Node item : fields.list(key, node)) {
            Fields input = Fields.of(item, "an entered value", findings);
            String name = input.text("name", MAX_TITLE);
            Ids.checkName(name, input.placeOf("name"), findings);
            if (!names.add(name)) {
                findings.add(Rule.DUPLICATE_ID, input.placeOf("name"), "entered value", name);
            }
            inputs.add(new Step.Field(name, input.text("label", MAX_TITLE)));
            input.close();
        }
        return inputs;
    }

    private int integer(String key, Node node, int max, Fields fields) {
        return fields.integer(key, resolved(key, node, Parameter.Type.INTEGER), 1, max, Rule.BAD_VALUE);
    }

    private String distinguishedName(String key, Node node, Fields fields) {
        String text = fields.text(key, node, MAX_TEXT);
        checkDistinguishedName(key, text, node.place(), findings);
        return text;
    }

    static void checkDistinguishedName(String key, String text, Place place, Findings findings) {
        try {
            if (!text.isEmpty() && new X500Principal(text).getEncoded().length < 4) {
                throw new IllegalArgumentException("the name is empty");
            }
        } catch (IllegalArgumentException e) {
            findings.add(Rule.BAD_VALUE, place, key, "a distinguished name such as CN=Example Root CA,O=Example,C=DE");
        }
    }

    /// The value of the parameter that `node` names, standing where it is used; `node` itself where it names none.
    private Node resolved(String key, Node node, Parameter.Type wanted) {
        if (!(node instanceof Node.Scalar(var place, var text, var _))) {
            return node;
        }
        Matcher reference = PARAMETER.matcher(text);
        if (!reference.matches()) {
            return node;
        }
        references.use(Of.PARAMETER, reference.group(1), place);
        Parameter parameter = parameters.get(reference.group(1));
        if (parameter == null) {
            return standIn(place, wanted);
        }
        if (parameter.type() != wanted) {
            findings.add(Rule.PARAMETER_TYPE, place, text, parameter.type().wire(), key, wanted.wire());
            return standIn(place, wanted);
        }
        return new Node.Scalar(
                place, parameter.value().text(), parameter.value().type());
    }

    private static Node.Scalar standIn(Place place, Parameter.Type wanted) {
        return switch (wanted) {
            case LIST_OF_STRING, LIST_OF_INTEGER, LIST_OF_ROLE, LIST_OF_QUORUM, LIST_OF_TOKEN, LIST_OF_KEY, STRING ->
                new Node.Scalar(place, "?", Node.ScalarType.STRING);
            case DISTINGUISHED_NAME -> new Node.Scalar(place, "CN=?", Node.ScalarType.STRING);
            case INTEGER -> new Node.Scalar(place, "1", Node.ScalarType.INTEGER);
        };
    }
}
