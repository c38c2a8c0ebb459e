package org.quorate.hsm;

import java.util.Locale;
import org.quorate.base.Texts;

/// In what state a token is, beside working: each a matter of its own, with its own word.
public enum TokenState {
    UNINITIALISED,
    WRITE_PROTECTED("CKF_WRITE_PROTECTED"),
    NO_USER_PIN,
    USER_PIN_COUNT_LOW("CKF_USER_PIN_COUNT_LOW"),
    USER_PIN_FINAL_TRY("CKF_USER_PIN_FINAL_TRY"),
    USER_PIN_LOCKED("CKF_USER_PIN_LOCKED"),
    USER_PIN_TO_BE_CHANGED("CKF_USER_PIN_TO_BE_CHANGED"),
    SO_PIN_COUNT_LOW("CKF_SO_PIN_COUNT_LOW"),
    SO_PIN_FINAL_TRY("CKF_SO_PIN_FINAL_TRY"),
    SO_PIN_LOCKED("CKF_SO_PIN_LOCKED"),
    SO_PIN_TO_BE_CHANGED("CKF_SO_PIN_TO_BE_CHANGED"),
    NO_LOGIN_REQUIRED,
    PIN_PAD("CKF_PROTECTED_AUTHENTICATION_PATH"),
    ERROR("CKF_ERROR_STATE");

    private final String flag;

    TokenState() {
        this("");
    }

    /// @param flag the one that says so; empty where the lack of a flag says it
    TokenState(String flag) {
        this.flag = flag;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return Texts.get("hsm.state." + wire());
    }

    /// Whether `token` is in it. What flags say of PINs and logins means something only on a token that is initialised:
    /// others show them at random.
    boolean isOf(TokenInfo token) {
        return switch (this) {
            case UNINITIALISED -> !token.initialised();
            case WRITE_PROTECTED, PIN_PAD, ERROR -> token.has(flag);
            case NO_USER_PIN -> token.initialised() && !token.has("CKF_USER_PIN_INITIALIZED");
            case NO_LOGIN_REQUIRED -> token.initialised() && !token.has("CKF_LOGIN_REQUIRED");
            case USER_PIN_COUNT_LOW,
                    USER_PIN_FINAL_TRY,
                    USER_PIN_LOCKED,
                    USER_PIN_TO_BE_CHANGED,
                    SO_PIN_COUNT_LOW,
                    SO_PIN_FINAL_TRY,
                    SO_PIN_LOCKED,
                    SO_PIN_TO_BE_CHANGED -> token.initialised() && token.has(flag);
        };
    }
}
