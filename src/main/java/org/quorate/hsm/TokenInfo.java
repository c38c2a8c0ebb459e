package org.quorate.hsm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.quorate.base.Json;

/// What C_GetTokenInfo says; texts are trimmed of their padding.
///
/// @param flags names such as `CKF_TOKEN_INITIALIZED`; the PIN flags mean something only when that one is set
public record TokenInfo(
        long slot,
        String label,
        String manufacturer,
        String model,
        String serial,
        String hardwareVersion,
        String firmwareVersion,
        Set<String> flags,
        long minPin,
        long maxPin,
        TokenRoom room) {
    public TokenInfo {
        flags = Set.copyOf(flags);
    }

    public boolean initialised() {
        return flags.contains("CKF_TOKEN_INITIALIZED");
    }

    /// The PIN is typed on the device and never passes through this program.
    public boolean hasPinPad() {
        return flags.contains("CKF_PROTECTED_AUTHENTICATION_PATH");
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    /// The flag that says a wrong PIN would now be the last; empty where there are more tries or the token does not
    /// say.
    public Optional<String> lastTry(PinKind kind) {
        String whose = kind == PinKind.USER ? "CKF_USER_PIN_" : "CKF_SO_PIN_";
        return Stream.of(whose + "FINAL_TRY", whose + "LOCKED")
                .filter(flag -> initialised() && flags.contains(flag))
                .findFirst();
    }

    /// All that is to be said of it before it is used.
    public List<TokenState> states() {
        return Stream.of(TokenState.values()).filter(state -> state.isOf(this)).toList();
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("slot", slot)
                .put("label", label)
                .put("manufacturer", manufacturer)
                .put("model", model)
                .put("serial", serial)
                .put("hardware_version", hardwareVersion)
                .put("firmware_version", firmwareVersion)
                .put("flags", Json.strings(new TreeSet<>(flags)))
                .put("min_pin", minPin)
                .put("max_pin", maxPin)
                .put("room", room.toJson())
                .build();
    }

    /// What an intent names: enough to find the same token again.
    public Json.Obj identity() {
        return Json.obj()
                .put("serial", serial)
                .put("label", label)
                .put("model", model)
                .build();
    }
}
