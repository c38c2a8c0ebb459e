package org.quorate.ui.demo;

/// Starts [Pictures] from the class path, where JavaFX wants a main class that is no application.
public final class PicturesMain {
    private PicturesMain() {}

    public static void main(String[] arguments) {
        Pictures.main(arguments);
    }
}
