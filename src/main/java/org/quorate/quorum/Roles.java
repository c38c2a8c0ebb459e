package org.quorate.quorum;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Roles that one person may not hold together, whatever the site: who sets the rules of an HSM does not use it, and
/// who watches does nothing else.
public final class Roles {
    /// Holds the SO PIN of the HSMs.
    public static final String SECURITY_OFFICER = "security_officer";

    /// Holds the user PIN, which other texts call the crypto officer's.
    public static final String USER_PIN_HOLDER = "user_pin_holder";

    public static final String WITNESS = "witness";

    private Roles() {}

    /// Two of these roles that exclude each other.
    public static Optional<List<String>> conflict(Collection<String> roles) {
        if (roles.contains(WITNESS)) {
            return roles.stream()
                    .filter(role -> !role.equals(WITNESS))
                    .sorted()
                    .findFirst()
                    .map(other -> List.of(WITNESS, other));
        }
        return roles.contains(SECURITY_OFFICER) && roles.contains(USER_PIN_HOLDER)
                ? Optional.of(List.of(SECURITY_OFFICER, USER_PIN_HOLDER))
                : Optional.empty();
    }
}
