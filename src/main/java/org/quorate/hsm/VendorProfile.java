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

    /// What the library reads of its environment.
    public record Variable(String name, String holds) {}

    /// @param files names of the library
    /// @param environment what it reads of it, the one without which it does not start first
    /// @param initString for `pReserved` of C_Initialize
    /// @param notReported attributes that the module does not report, or not truly
    /// @param errors words for return values: `0x80000007` for a number of the maker's own, `CKR_PIN_EXPIRED`
    /// for one of PKCS#11 that says more on these devices than the standard does
    /// @param auditLog the log that the HSM keeps of itself, where its form is known
    public record Module(
            List<String> files,
            List<Variable> environment,
            Optional<String> initString,
            List<String> notReported,
            Map<String, String> errors,
            Optional<AuditLog> auditLog) {
        public Module(
                List<String> files, Optional<String> initString, List<String> notReported, Map<String, String> errors) {
            this(files, List.of(), initString, notReported, errors, Optional.empty());
        }

        public Module {
            files = List.copyOf(files);
            environment = List.copyOf(environment);
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

    /// @param pad whether there are devices of this maker at which the PIN is entered; whether one does is said by its
    /// flag ([TokenInfo#hasPinPad])
    public record Pin(String form, String help, boolean pad) {}

    /// A command of the maker. No secret is ever among its arguments.
    ///
    /// @param change empty for a command that shows and changes nothing
    public record Command(String name, String title, Call call, Output output, Optional<Change> change) {
        public String program() {
            return call.words().getFirst();
        }
    }

    /// @param words an absolute path and its arguments, with `{serial}` and `{label}` of the token filled in
    /// @param stdin the PINs that are written to its input, a line each; without any its input is empty
    public record Call(List<String> words, List<PinKind> stdin, int seconds) {
        public Call {
            words = List.copyOf(words);
            stdin = List.copyOf(stdin);
            if (!words.getFirst().startsWith("/")) {
                throw new JsonException("the program '" + words.getFirst() + "' has no absolute path");
            }
        }
    }

    /// @param expect patterns of which each must be found in what it prints
    /// @param refuse patterns of which none may be found
    public record Output(List<String> expect, List<String> refuse) {
        public Output {
            expect = List.copyOf(expect);
            refuse = List.copyOf(refuse);
        }
    }

    /// What the token must say over PKCS#11 when a command has changed it.
    ///
    /// @param present whether it is still there
    /// @param flags that it must have
    /// @param label that it must have, with `{serial}` and `{label}` as they were before
    /// @param ownQuorum whether by the maker's word the HSM itself asks for M of N before it obeys
    public record Change(boolean present, List<String> flags, Optional<String> label, boolean ownQuorum) {
        public Change {
            flags = List.copyOf(flags);
        }

        public Change(boolean present, List<String> flags, Optional<String> label) {
            this(present, flags, label, false);
        }
    }

    /// @param path of a PKCS#11 library
    public boolean isOf(String path) {
        return module.files().contains(path.substring(path.lastIndexOf('/') + 1));
    }

    public Optional<Command> command(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    /// What people are told of what such a command would show, where there is none.
    public Optional<String> told(String command) {
        return Optional.of(practice.fips().how()).filter(_ -> command.equals("mode"));
    }

    /// For `pReserved` of C_Initialize, where a site names nothing of its own and the library is not told otherwise by
    /// `environment`.
    public Optional<String> initString(Map<String, String> environment) {
        boolean told = module.environment().stream().map(Variable::name).anyMatch(environment::containsKey);
        return told ? Optional.empty() : module.initString();
    }

    /// Whether what the module says of this attribute is a statement about the key; some answer with a constant.
    public boolean reports(Attribute attribute) {
        return !module.notReported().contains(attribute.cka());
    }

    /// Words for a return value as it is written, such as `CKR_0x80000007` or `CKR_PIN_EXPIRED`.
    public Optional<String> explain(String rv) {
        return Optional.ofNullable(module.errors().get(rv.replaceFirst("^CKR_(?=0x)", "")));
    }
}
