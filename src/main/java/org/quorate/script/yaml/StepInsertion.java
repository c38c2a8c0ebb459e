package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quorate.script.Finding;
import org.quorate.script.InsertedStep;
import org.quorate.script.LintReport;
import org.quorate.script.yaml.References.Of;
import org.quorate.script.yaml.StepForm.FieldForm;
import org.quorate.script.yaml.StepForm.FieldType;

/// Puts a step into a text: the example of its kind, with the names of this text in the place of its own and without
/// what it need not have. Which name fits is lint's to say: of those that could stand at a place, the one with which
/// lint finds least is taken, and names of the step beside it first.
public final class StepInsertion {
    /// A text that cannot be read any more has other findings, which say nothing of what was found before.
    private static final int UNREADABLE = 1_000_000;

    /// How often lint is asked, so that a long script with many names is not asked about for seconds.
    private static final int QUESTIONS = 150;

    private static final Pattern ID = Pattern.compile("(?m)^ *(?:- )?id: *([a-z0-9-]+)");
    private static final Pattern NAMED_BY_A_PATH = Pattern.compile(" +(?:acts|steps): .*");
    private static final Pattern PARAMETER = Pattern.compile("\\$[a-z][a-z0-9_]*");

    private final StepSamples samples;
    private final Function<String, LintReport> lint;

    /// @param lint judges a whole text
    public StepInsertion(StepSamples samples, Function<String, LintReport> lint) {
        this.samples = samples;
        this.lint = lint;
    }

    /// @param line counted from 1; the new step comes after the step that this line belongs to
    /// @return empty where the text has no steps, nor a place for them
    public Optional<InsertedStep> put(String text, int line, String kind) {
        List<String> lines = text.lines().toList();
        StepForm form = StepForms.of(kind).orElseThrow();
        return StepGap.at(lines, line).map(gap -> new Fitting(lines, gap, form, DefinedNames.of(text)).fit(text));
    }

    private final class Fitting {
        private final List<String> lines;
        private final StepGap gap;
        private final StepForm form;
        private final DefinedNames names;
        private final StepText neighbour;
        private int questions;

        Fitting(List<String> lines, StepGap gap, StepForm form, DefinedNames names) {
            this.lines = lines;
            this.gap = gap;
            this.form = form;
            this.names = names;
            this.neighbour = StepText.of(gap.neighbour().orElse(""));
        }

        InsertedStep fit(String text) {
            long before = findings(lint.apply(text));
            StepText step = StepText.of(samples.example(form.kind())).without("paths", NAMED_BY_A_PATH);
            step = step.with("id", freeId(step.value("id").orElse("step"), text));
            for (FieldForm field : fields()) {
                List<String> values = values(field, step);
                step = values.isEmpty() ? step : step.with(field.name(), values.getFirst());
            }
            StepText best = improved(step);
            if (cost(best) > before) {
                best = improved(best);
            }
            return new InsertedStep(String.join("\n", with(best)) + "\n", gap.after() + 1);
        }

        private StepText improved(StepText step) {
            StepText best = step;
            for (FieldForm field : fields()) {
                List<StepText> others = new ArrayList<>();
                StepText now = best;
                if (!field.required() && now.has(field.name())) {
                    others.add(now.without(field.name()));
                }
                values(field, now).forEach(value -> others.add(now.with(field.name(), value)));
                best = cheapest(now, others);
            }
            return best;
        }

        /// An optional field goes where lint misses nothing without it.
        private StepText cheapest(StepText now, List<StepText> others) {
            StepText best = now;
            long least = cost(now);
            for (StepText other : others) {
                if (questions < QUESTIONS && !other.equals(best)) {
                    long cost = cost(other);
                    boolean shorter = other.keys().size() < best.keys().size();
                    if (cost < least || (shorter && cost == least)) {
                        best = other;
                        least = cost;
                    }
                }
            }
            return best;
        }

        private long cost(StepText step) {
            questions++;
            return findings(lint.apply(String.join("\n", with(step)) + "\n"));
        }

        private List<String> with(StepText step) {
            var all = new ArrayList<>(lines.subList(0, gap.after()));
            all.addAll(step.lines(gap.indentation()));
            all.addAll(lines.subList(gap.after(), lines.size()));
            return all;
        }

        private List<FieldForm> fields() {
            return Stream.concat(
                            Stream.of(
                                    new FieldForm("by", FieldType.ROLE, true),
                                    new FieldForm("witnessed_by", FieldType.ROLE, true)),
                            form.fields().stream())
                    .toList();
        }

        /// What could stand at a field in this text, the likeliest first; none where the example's value stays.
        private List<String> values(FieldForm field, StepText step) {
            return switch (field.type()) {
                case ROLE, PIN_HOLDER -> one(Of.ROLE, field);
                case QUORUM -> one(Of.QUORUM, field);
                case TOKEN -> one(Of.TOKEN, field);
                case KEY -> one(Of.KEY, field);
                case TOKENS -> several(Of.TOKEN);
                case ROLES -> several(Of.ROLE);
                default ->
                    step.value(field.name())
                            .filter(value -> PARAMETER.matcher(value).matches())
                            .map(value -> parameters(field))
                            .orElse(List.of());
            };
        }

        private List<String> one(Of of, FieldForm field) {
            List<String> known = names.names(of);
            Set<String> ordered = new LinkedHashSet<>();
            neighbour.value(field.name()).filter(known::contains).ifPresent(ordered::add);
            ordered.addAll(known);
            return List.copyOf(ordered);
        }

        private List<String> several(Of of) {
            List<String> known = names.names(of);
            var lists = new ArrayList<String>();
            if (known.size() > 1) {
                lists.add("[" + String.join(", ", known) + "]");
            }
            known.forEach(name -> lists.add("[" + name + "]"));
            return lists;
        }

        private List<String> parameters(FieldForm field) {
            Stream<String> own = names.names(Of.PARAMETER).stream().map(name -> "$" + name);
            Stream<String> literal =
                    field.type() == FieldType.DISTINGUISHED_NAME ? Stream.of("CN=Example") : Stream.of();
            return Stream.concat(own, literal).toList();
        }

        private static String freeId(String wanted, String text) {
            Set<String> taken = new LinkedHashSet<>();
            Matcher id = ID.matcher(text);
            while (id.find()) {
                taken.add(id.group(1));
            }
            String free = wanted;
            for (int number = 2; taken.contains(free); number++) {
                free = wanted + "-" + number;
            }
            return free;
        }
    }

    private static long findings(LintReport report) {
        long cost = report.script().isPresent() || report.part().isPresent() ? 0 : UNREADABLE;
        for (Finding finding : report.findings()) {
            cost += switch (finding.severity()) {
                case ERROR -> 1000;
                case WARNING -> 30;
                case WAIVED -> 1;
            };
        }
        return cost;
    }
}
