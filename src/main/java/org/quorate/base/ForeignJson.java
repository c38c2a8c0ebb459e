package org.quorate.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// An object of other people's JSON, for which the ledger's own form ([Json]) is too narrow: keys with
/// capitals, numbers with fractions. It is read by the reader of YAML 1.2, which contains JSON. What is missing
/// or of another kind ends in a [JsonException].
public record ForeignJson(Map<?, ?> members) {

    public static ForeignJson parse(String text) {
        try {
            var settings = LoadSettings.builder()
                    .setSchema(new JsonSchema())
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .setCodePointLimit(text.length() + 1)
                    .build();
            return Optional.ofNullable(new Load(settings).loadFromString(text))
                    .map(value -> object(value, "the text"))
                    .orElseThrow(() -> new JsonException("the text is empty"));
        } catch (YamlEngineException | StackOverflowError e) {
            throw new JsonException("the text is not JSON: " + e.getMessage());
        }
    }

    public boolean has(String key) {
        return members.containsKey(key);
    }

    public String string(String key) {
        return optionalString(key).orElseThrow(() -> new JsonException(key + " is not a string"));
    }

    public Optional<String> optionalString(String key) {
        return members.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public int integer(String key) {
        if (members.get(key) instanceof Integer number) {
            return number;
        }
        throw new JsonException(key + " is not an integer");
    }

    public ForeignJson object(String key) {
        return Optional.<Object>ofNullable(members.get(key))
                .map(value -> object(value, key))
                .orElseThrow(() -> new JsonException(key + " is missing"));
    }

    public List<ForeignJson> objects(String key) {
        if (!(members.get(key) instanceof List<?> list)) {
            throw new JsonException(key + " is not a list");
        }
        var objects = new ArrayList<ForeignJson>();
        for (Object one : list) {
            objects.add(object(one, key));
        }
        return objects;
    }

    private static ForeignJson object(Object value, String key) {
        if (value instanceof Map<?, ?> map) {
            return new ForeignJson(map);
        }
        throw new JsonException(key + " is not an object");
    }
}
