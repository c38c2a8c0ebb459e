package org.quorate.hsm;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Json;

/// A label and every attribute that matters, true or false: a token's defaults are never relied on.
public record Template(String label, Map<Attribute, Boolean> attributes) {
    public Template {
        var copy = new EnumMap<Attribute, Boolean>(Attribute.class);
        copy.putAll(attributes);
        attributes = Collections.unmodifiableMap(copy);
    }

    public Optional<Boolean> get(Attribute attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    public Template with(Attribute attribute, boolean value) {
        var copy = new EnumMap<Attribute, Boolean>(Attribute.class);
        copy.putAll(attributes);
        copy.put(attribute, value);
        return new Template(label, copy);
    }

    public Template without(Attribute attribute) {
        var copy = new EnumMap<Attribute, Boolean>(Attribute.class);
        copy.putAll(attributes);
        copy.remove(attribute);
        return new Template(label, copy);
    }

    /// The attributes that are `value`, by their PKCS#11 names, in the order of the standard.
    public String named(boolean value) {
        return attributes.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(entry -> entry.getKey().cka())
                .collect(Collectors.joining(", "));
    }

    /// `{"label": …, "attributes": {"extractable": false, …}}`.
    public Json.Obj toJson() {
        Json.Builder values = Json.obj();
        attributes.forEach((name, value) -> values.put(name.name().toLowerCase(Locale.ROOT), value));
        return Json.obj().put("label", label).put("attributes", values.build()).build();
    }

    public static Template fromJson(Json.Obj json) {
        var attributes = new EnumMap<Attribute, Boolean>(Attribute.class);
        Json.Obj values = json.object("attributes");
        for (String key : values.members().keySet()) {
            attributes.put(Attribute.valueOf(key.toUpperCase(Locale.ROOT)), values.bool(key));
        }
        return new Template(json.string("label"), attributes);
    }
}
