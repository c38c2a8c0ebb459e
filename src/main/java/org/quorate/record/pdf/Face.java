package org.quorate.record.pdf;

/// The IBM Plex faces in use: serif for what is said, sans for what is recorded, mono for what is compared.
enum Face {
    SERIF("IBMPlexSerif-Regular"),
    SERIF_BOLD("IBMPlexSerif-SemiBold"),
    SANS("IBMPlexSans-Regular"),
    SANS_BOLD("IBMPlexSans-SemiBold"),
    MONO("IBMPlexMono-Regular"),
    MONO_BOLD("IBMPlexMono-SemiBold");

    private final String file;

    Face(String file) {
        this.file = file;
    }

    String resource() {
        return "/org/quorate/fonts/" + file + ".ttf";
    }

    /// The name under which page content selects it.
    String resourceName() {
        return file;
    }
}
