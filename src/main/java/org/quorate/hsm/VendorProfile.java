package org.quorate.hsm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.JsonException;

/// What is known of one maker's HSMs: which acts PKCS#11 does and which the maker's own tools, how a PIN looks,
/// what the module does not report, and what its error numbers mean.
///
/// @param module the PKCS#11 library, by whose file name the profile is found
public record VendorProfile(
        String id, String title, Experience experience, Module module, Practice practice, List<Command> commands) {
    public static final String FORMAT = "quorate-vendor/1";

    public VendorProfile {
        commands = List.copyOf(commands);
    }

    /// Whether this program has ever spoken with such a device.
    public enum Experience {
        RUN,
        NOT_RUN
    }

    /// @param files names of the library
    /// @param initString for `pReserved` of C_Initialize
    /// @param notReported attributes that the module does not report, or not truly
    /// @param errors words for return values of CKR_VENDOR_DEFINED and above
    public record Module(
            List<String> files, Optional<String> initString, List<String> notReported, Map<String, String> errors) {
        public Module {
            files = List.copyOf(files);
            notReported = List.copyOf(notReported);
            errors = Map.copyOf(errors);
        }
    }

    /// Who does an act, and how.
    public record Act(By by, String how) {}

    public enum By {
        PKCS11,
        VENDOR,
        NONE
    }

    /// @param mind what people must know before they touch it
    public record Practice(Act initialise, Act quorum, Act backup, Act fips, Pin pin, List<String> mind) {
        public Practice {
            mind = List.copyOf(mind);
        }
    }

    /// @param pad whether the PIN is entered at the device, so that nothing is typed here
    public record Pin(String form, String help, boolean pad) {}

    /// A command of the maker that shows and changes nothing. No secret is ever among its arguments.
    ///
    /// @param words an absolute path and its arguments, with `{serial}` and `{label}` of the token filled in
    /// @param expect patterns of which each must be found in what it prints
    /// @param refuse patterns of which none may be found
    public record Command(
            String name, String title, List<String> words, List<String> expect, List<String> refuse, int seconds) {
        public Command {
            words = List.copyOf(words);
            expect = List.copyOf(expect);
            refuse = List.copyOf(refuse);
            if (!words.getFirst().startsWith("/")) {
                throw new JsonException("the program of the command '" + name + "' has no absolute path");
            }
        }

        public String program() {
            return words.getFirst();
        }
    }

    public boolean isOf(ModuleInfo info) {
        String file = info.path().substring(info.path().lastIndexOf('/') + 1);
        return module.files().contains(file);
    }

    public Optional<Command> command(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    /// Words for a return value as it is written, such as `CKR_VENDOR_DEFINED + 0x7`.
    public Optional<String> explain(String rv) {
        return module.errors().entrySet().stream()
                .filter(entry -> rv.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
