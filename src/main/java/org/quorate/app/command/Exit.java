package org.quorate.app.command;

/// How a command ends; scripts that call Quorate rely on these four numbers.
public enum Exit {
    /// It was done, or the answer is yes.
    DONE(0),
    /// The question was answered, and the answer is no.
    NO(1),
    /// The command line is wrong.
    MISUSED(2),
    /// It could not be done.
    FAILED(3);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
