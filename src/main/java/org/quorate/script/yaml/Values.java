package org.quorate.script.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.script.Step;

/// The fields of one step as read, by name.
final class Values {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> integers = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, Step.PinHolder> holders = new HashMap<>();
    private List<Step.Field> inputs = List.of();
    private List<Step.Decide.Path> paths = List.of();

    void put(String name, String text) {
        texts.put(name, text);
    }

    void put(String name, int integer) {
        integers.put(name, integer);
    }

    void put(String name, List<String> list) {
        lists.put(name, list);
    }

    void put(String name, Step.PinHolder holder) {
        holders.put(name, holder);
    }

    void putInputs(List<Step.Field> fields) {
        inputs = fields;
    }

    String text(String name) {
        return optionalText(name).orElseThrow();
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    int integer(String name) {
        return optionalInteger(name).orElseThrow();
    }

    Optional<Integer> optionalInteger(String name) {
        return Optional.ofNullable(integers.get(name));
    }

    List<String> texts(String name) {
        return Optional.ofNullable(lists.get(name)).orElseThrow();
    }

    Optional<List<String>> optionalTexts(String name) {
        return Optional.ofNullable(lists.get(name));
    }

    Step.PinHolder holder(String name) {
        return Optional.ofNullable(holders.get(name)).orElseThrow();
    }

    void putPaths(List<Step.Decide.Path> ways) {
        paths = ways;
    }

    List<Step.Decide.Path> paths() {
        return paths;
    }

    List<Step.Field> inputs() {
        return inputs;
    }
}
