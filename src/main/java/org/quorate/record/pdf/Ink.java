package org.quorate.record.pdf;

/// The few colours of a page: black that is not quite black, one deep blue, and ochre for what must be judged.
enum Ink {
    TEXT(0x17, 0x1C, 0x24),
    MUTED(0x55, 0x5F, 0x6D),
    ACCENT(0x1B, 0x3A, 0x5F),
    RULE(0xC4, 0xCB, 0xD4),
    FAINT(0xE4, 0xE8, 0xED),
    WASH(0xF4, 0xF6, 0xF9),
    WARN(0x8A, 0x4B, 0x00),
    WARN_WASH(0xFD, 0xF5, 0xE6),
    WARN_RULE(0xE3, 0xBE, 0x82),
    STOP(0x8C, 0x1D, 0x18),
    WHITE(0xFF, 0xFF, 0xFF);

    private final int red;
    private final int green;
    private final int blue;

    Ink(int red, int green, int blue) {
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    /// Operands of `rg` and `RG`.
    String operands() {
        return Sheet.number(red / 255f) + " " + Sheet.number(green / 255f) + " " + Sheet.number(blue / 255f);
    }
}
