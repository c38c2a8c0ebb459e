package org.quorate.hsm;

import java.util.Locale;
import org.quorate.base.Json;

/// One attribute of one object, as the token answers when it is asked.
///
/// @param attribute such as `CKA_MODULUS`
/// @param value what is reported, in a form that can be read; empty in every other state
public record Reading(String attribute, State state, String value) {
    public enum State {
        REPORTED,
        /// It is there and sensitive: the token does not give it out.
        WITHHELD,
        /// It is the secret itself, and the token would give it out. It was not asked for.
        GIVEN_OUT,
        /// The token says nothing of it, which is not the same as *false*.
        NOT_REPORTED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.obj().put("name", attribute).put("state", state.wire());
        return state == State.REPORTED ? json.put("value", value).build() : json.build();
    }
}
