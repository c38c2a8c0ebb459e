package org.quorate.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one bundle of words for people, `texts.properties`. A missing key or a missing value is an error of the build,
/// found by a test over all keys, and never shown as a raw key.
public final class Texts {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    private static final Properties BUNDLE = load();

    private Texts() {}

    /// The text of `key`, its `{0}` to `{9}` replaced by `values`.
    public static String get(String key, Object... values) {
        String text = BUNDLE.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text for " + key);
        }
        Matcher places = PLACE.matcher(text);
        return places.replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            if (index >= values.length) {
                throw new IllegalArgumentException("no value {" + index + "} for " + key);
            }
            return Matcher.quoteReplacement(String.valueOf(values[index]));
        });
    }

    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }

    public static Set<String> keys() {
        return BUNDLE.stringPropertyNames();
    }

    private static Properties load() {
        try (InputStream in = Texts.class.getResourceAsStream("texts.properties")) {
            if (in == null) {
                throw new IllegalStateException("the texts are missing from this build");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties;
        } catch (IOException e) {
            throw new IllegalStateException("the texts cannot be read", e);
        }
    }
}
