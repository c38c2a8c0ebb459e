package org.quorate.app.procedures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.ceremony.Site;
import org.quorate.script.Script;

/// The document, written from a library of scripts and a site.
public final class Procedures {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z]+)}}");
    private static final Pattern OPEN = Pattern.compile("To be filled in by [^*]");

    private final Library library;
    private final Optional<Site> site;
    private final Told told;
    private final Optional<Earlier> earlier;
    private final String program;

    /// @param scripts those of the library; their ids differ
    /// @param program the version of the program
    public Procedures(List<Script> scripts, Optional<Site> site, Told told, Optional<Earlier> earlier, String program) {
        this.library = new Library(scripts);
        this.site = site;
        this.told = told;
        this.earlier = earlier;
        this.program = program;
    }

    /// The finished document, and what people are told of it.
    ///
    /// @param gaps what the good practices ask for and nothing answers
    /// @param open how many places people have to fill in
    public record Written(String text, String version, List<String> gaps, long open) {
        public Written {
            gaps = List.copyOf(gaps);
        }
    }

    /// The document as it is called `fileName`.
    public Written write(String fileName) {
        var control = new Control(library, site, told, earlier);
        var body = new Body(library, site, program);
        Map<String, String> values = new TreeMap<>(control.values());
        values.putAll(body.values());
        values.put("fileName", Markdown.plain(fileName));
        values.put("completeness", control.completeness(TEMPLATE));
        values.put("openCount", "0");
        long open = OPEN.matcher(filled(values)).results().count();
        values.put("openCount", String.valueOf(open));
        return new Written(filled(values), control.version().toString(), body.gaps(), open);
    }

    private static String filled(Map<String, String> values) {
        Matcher places = PLACE.matcher(TEMPLATE);
        return places.replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing fills the place " + place.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    static Optional<Digest> digest(Optional<Site> site) {
        return site.map(profile -> Digest.of(profile.toJson().canonical()));
    }

    private static final String TEMPLATE = load();

    private static String load() {
        try (InputStream in = Procedures.class.getResourceAsStream("hsm-procedures-template.md")) {
            if (in == null) {
                throw new IllegalStateException("the template is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the template cannot be read", e);
        }
    }
}
