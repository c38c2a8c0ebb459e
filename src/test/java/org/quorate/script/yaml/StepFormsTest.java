package org.quorate.script.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.script.Step;

class StepFormsTest {

    static Stream<Class<?>> kinds() {
        return Arrays.stream(Step.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void form_hasTheFieldsOfItsRecord(Class<?> step) {
        StepForm form = StepForms.of(snake(step.getSimpleName())).orElseThrow();

        List<String> components = Arrays.stream(step.getRecordComponents())
                .map(component -> snake(component.getName()))
                .filter(name -> !name.equals("head"))
                .toList();
        assertThat(form.fields()).extracting(StepForm.FieldForm::name).isEqualTo(components);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void form_requiresWhatIsNotOptional(Class<?> step) {
        StepForm form = StepForms.of(snake(step.getSimpleName())).orElseThrow();

        List<String> optional = Arrays.stream(step.getRecordComponents())
                .filter(component -> component.getType() == Optional.class || isInputs(component))
                .map(component -> snake(component.getName()))
                .toList();
        assertThat(form.fields().stream().filter(field -> !field.required()))
                .extracting(StepForm.FieldForm::name)
                .isEqualTo(optional);
    }

    @Test
    void forms_areAsManyAsKinds() {
        assertThat(StepForms.ALL).hasSize((int) kinds().count());
    }

    private static boolean isInputs(RecordComponent component) {
        return component.getGenericType().getTypeName().contains("Step$Field");
    }

    static String snake(String camel) {
        return camel.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
