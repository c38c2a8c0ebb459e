package org.quorate.script.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The schema for editors knows the same kinds and fields as the reader. JSON is YAML 1.2, so the reader's library
/// reads it.
class ScriptSchemaTest {
    private static final List<String> HEAD = List.of("kind", "id", "title", "say", "by", "witnessed_by", "minutes");

    @Test
    void steps_areThoseOfTheReader() throws IOException {
        var properties = new LinkedHashMap<String, Object>();
        var required = new LinkedHashMap<String, Object>();
        for (Object entry : list(at(schema(), "$defs", "any_step").get("oneOf"))) {
            Map<?, ?> step = (Map<?, ?>) entry;
            String kind = (String) at(step, "properties", "kind").get("const");
            properties.put(kind, new ArrayList<>(at(step, "properties").keySet()));
            required.put(kind, step.get("required"));
            assertThat(step.get("additionalProperties")).isEqualTo(false);
        }

        var allFields = new LinkedHashMap<String, Object>();
        var neededFields = new LinkedHashMap<String, Object>();
        for (StepForm form : StepForms.ALL) {
            allFields.put(form.kind(), fields(form.fields().stream()));
            neededFields.put(form.kind(), fields(form.fields().stream().filter(StepForm.FieldForm::required)));
        }
        assertThat(properties).isEqualTo(allFields);
        assertThat(required).isEqualTo(neededFields);
        assertThat(properties.keySet()).containsExactlyElementsOf(StepForms.kinds());
    }

    @Test
    void types_areThoseOfTheReader() throws IOException {
        for (Object entry : list(at(schema(), "$defs", "any_step").get("oneOf"))) {
            Map<?, ?> step = (Map<?, ?>) entry;
            String kind = (String) at(step, "properties", "kind").get("const");
            for (StepForm.FieldForm field : StepForms.of(kind).orElseThrow().fields()) {
                assertThat(at(step, "properties", field.name()).get("$ref"))
                        .as("%s of %s", field.name(), kind)
                        .isEqualTo("#/$defs/" + StepFormsTest.snake(field.type().name()));
            }
        }
    }

    @Test
    void header_requiresWhatTheReaderRequires() throws IOException {
        assertThat(list(schema().get("required")))
                .isEqualTo(List.of("format", "id", "version", "title", "kind", "document", "roles", "acts"));
        assertThat(at(schema(), "properties", "format").get("const")).isEqualTo(ScriptReader.FORMAT);
    }

    @Test
    void parameters_haveTheTypesOfTheReader() throws IOException {
        assertThat(list(at(schema(), "properties", "parameters", "additionalProperties", "properties", "type")
                        .get("enum")))
                .isEqualTo(Stream.of(Parameter.Type.values())
                        .map(Parameter.Type::wire)
                        .toList());
    }

    @Test
    void part_hasTheKeysOfTheReader() throws IOException {
        Map<?, ?> part = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("docs/script-part.schema.json")));

        assertThat(at(part, "properties", "format").get("const")).isEqualTo(PartReader.FORMAT);
        assertThat(at(part, "properties").keySet()).hasToString("[format, id, title, expects, steps]");
        assertThat(at(part, "properties", "expects", "properties").keySet())
                .hasToString("[roles, quorums, tokens, keys, parameters]");
    }

    private static List<String> fields(Stream<StepForm.FieldForm> fields) {
        return Stream.concat(HEAD.stream(), fields.map(StepForm.FieldForm::name))
                .toList();
    }

    private static Map<?, ?> schema() throws IOException {
        String text = Files.readString(Path.of("docs/script.schema.json"));
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static Map<?, ?> at(Map<?, ?> map, String... path) {
        Map<?, ?> current = map;
        for (String key : path) {
            current = (Map<?, ?>) current.get(key);
        }
        return current;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
