package org.quorate.ui.backstage;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which file of the library: the shelf it stands on, and its name there.
///
/// @param part an act for scripts to use, which lies in a folder of its own beside them
/// @param file without a folder, such as `root-key-generation.yaml`
public record ScriptName(Shelf shelf, boolean part, String file) {
    /// Names that mean the same on every disk, and that nobody can mistake for a path or an option.
    private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}\\.yaml");

    public enum Shelf {
        /// Came with the program; read here and copied.
        SHIPPED,
        /// Of this site; written here.
        OWN
    }

    public ScriptName {
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException("not the name of a script: " + file);
        }
    }

    public static boolean fits(String file) {
        return FILE.matcher(file).matches();
    }

    /// A script of this site by what people typed, with the ending or without it.
    public static Optional<ScriptName> own(String typed, boolean part) {
        String file = typed.endsWith(".yaml") ? typed : typed + ".yaml";
        return fits(file) ? Optional.of(new ScriptName(Shelf.OWN, part, file)) : Optional.empty();
    }

    public boolean readOnly() {
        return shelf == Shelf.SHIPPED;
    }

    /// The name without its ending: what a new script has for its id.
    public String stem() {
        return file.substring(0, file.length() - ".yaml".length());
    }

    /// As findings name the file.
    public String shown() {
        return part ? "parts/" + file : file;
    }
}
