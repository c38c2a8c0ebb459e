package org.quorate.record;

import java.time.Instant;
import java.util.List;

/// What stands on the sheet of paper that is one share of a key.
///
/// @param site name of the site, and whether this is a rehearsal
/// @param key label and kind of the key, and its check value
/// @param share which share it is
/// @param holder who gets the sheet
/// @param words the share itself
public record ShareSheet(Site site, Key key, Numbered share, String holder, List<String> words) {
    public ShareSheet {
        words = List.copyOf(words);
    }

    /// @param ceremony title of the ceremony
    /// @param made when it was made
    public record Site(String name, String ceremony, boolean rehearsal, Instant made) {}

    public record Key(String label, String spec, String checkValue) {}

    /// @param serial by which people know the sheet
    public record Numbered(String serial, int number, int m, int n) {}

    @Override
    public String toString() {
        return "sheet " + share.serial();
    }
}
