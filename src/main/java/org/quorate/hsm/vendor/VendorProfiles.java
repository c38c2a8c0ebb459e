package org.quorate.hsm.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.hsm.AuditLog;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorProfile.Act;
import org.quorate.hsm.VendorProfile.By;
import org.quorate.hsm.VendorProfile.Call;
import org.quorate.hsm.VendorProfile.Change;
import org.quorate.hsm.VendorProfile.Command;
import org.quorate.hsm.VendorProfile.Experience;
import org.quorate.hsm.VendorProfile.Module;
import org.quorate.hsm.VendorProfile.Output;
import org.quorate.hsm.VendorProfile.Pin;
import org.quorate.hsm.VendorProfile.Practice;
import org.quorate.hsm.VendorProfile.Variable;

/// The profiles that come with the program. A member that the reader does not know, or that is missing, is an error.
public final class VendorProfiles {
    private static final List<String> IDS = List.of(
            "softhsm",
            "thales-luna",
            "entrust-nshield",
            "aws-cloudhsm",
            "azure-managed-hsm",
            "google-cloud-hsm",
            "ibm-hyper-protect",
            "utimaco",
            "yubihsm-2",
            "smartcard-hsm",
            "nethsm",
            "marvell-liquidsecurity");

    /// In the order in which they are documented.
    public static final List<VendorProfile> ALL =
            IDS.stream().map(VendorProfiles::load).toList();

    private VendorProfiles() {}

    /// The profile of the maker of this module, by the name of its file.
    public static Optional<VendorProfile> of(ModuleInfo module) {
        return ofFile(module.path());
    }

    /// The same before it is loaded.
    public static Optional<VendorProfile> ofFile(String path) {
        return ALL.stream().filter(profile -> profile.isOf(path)).findFirst();
    }

    private static VendorProfile load(String id) {
        try (InputStream in = VendorProfiles.class.getResourceAsStream(id + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the vendor profile " + id + " is missing from this build");
            }
            return read(Json.parseObject(in.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException("the vendor profile " + id + " cannot be read", e);
        }
    }

    /// @throws JsonException naming what is wrong
    static VendorProfile read(Json.Obj json) {
        only(
                json,
                "format",
                "id",
                "title",
                "experience",
                "modules",
                "environment",
                "init_string",
                "acts",
                "pin",
                "not_reported",
                "mind",
                "errors",
                "audit_log",
                "commands");
        if (!json.string("format").equals(VendorProfile.FORMAT)) {
            throw new JsonException("the member 'format' is not " + VendorProfile.FORMAT);
        }
        Json.Obj acts = json.object("acts");
        only(acts, "initialise", "quorum", "backup", "fips");
        return new VendorProfile(
                json.string("id"),
                json.string("title"),
                Experience.valueOf(json.string("experience").toUpperCase(Locale.ROOT)),
                new Module(
                        json.strings("modules"),
                        json.objects("environment").stream()
                                .map(VendorProfiles::variable)
                                .toList(),
                        json.optionalString("init_string"),
                        json.strings("not_reported"),
                        errors(json.objects("errors")),
                        json.optionalObject("audit_log").map(VendorProfiles::auditLog)),
                new Practice(
                        act(acts.object("initialise")),
                        act(acts.object("quorum")),
                        act(acts.object("backup")),
                        act(acts.object("fips")),
                        pin(json.object("pin")),
                        json.strings("mind")),
                json.objects("commands").stream().map(VendorProfiles::command).toList());
    }

    private static void only(Json.Obj json, String... names) {
        Set<String> wanted = Set.of(names);
        if (!json.members().keySet().equals(wanted)) {
            throw new JsonException("the members are not " + String.join(", ", names));
        }
    }

    private static Variable variable(Json.Obj json) {
        only(json, "name", "holds");
        return new Variable(json.string("name"), json.string("holds"));
    }

    private static Map<String, String> errors(List<Json.Obj> json) {
        json.forEach(error -> only(error, "rv", "words"));
        return json.stream().collect(Collectors.toMap(error -> error.string("rv"), error -> error.string("words")));
    }

    private static AuditLog auditLog(Json.Obj json) {
        only(json, "how", "entry", "time", "done", "traces", "beside");
        json.objects("traces").forEach(trace -> only(trace, "operation", "act", "most"));
        return new AuditLog(
                json.string("how"),
                new AuditLog.Form(
                        Pattern.compile(json.string("entry")),
                        AuditLog.Time.ofWire(json.string("time")),
                        Pattern.compile(json.string("done"))),
                json.objects("traces").stream()
                        .map(trace -> new AuditLog.Trace(
                                trace.string("operation"), trace.string("act"), Math.toIntExact(trace.integer("most"))))
                        .toList(),
                json.strings("beside"));
    }

    private static Act act(Json.Obj json) {
        only(json, "by", "how");
        return new Act(By.valueOf(json.string("by").toUpperCase(Locale.ROOT)), json.string("how"));
    }

    private static Pin pin(Json.Obj json) {
        only(json, "form", "help", "pad");
        return new Pin(json.string("form"), json.string("help"), json.bool("pad"));
    }

    private static Command command(Json.Obj json) {
        only(json, "name", "title", "words", "stdin", "expect", "refuse", "seconds", "changes", "quorum", "after");
        return new Command(
                json.string("name"),
                json.string("title"),
                new Call(
                        json.strings("words"),
                        json.strings("stdin").stream()
                                .map(VendorProfiles::pinKind)
                                .toList(),
                        Math.toIntExact(json.integer("seconds"))),
                new Output(json.strings("expect"), json.strings("refuse")),
                change(json));
    }

    private static PinKind pinKind(String name) {
        return switch (name) {
            case "user_pin" -> PinKind.USER;
            case "so_pin" -> PinKind.SECURITY_OFFICER;
            default -> throw new JsonException("'" + name + "' is neither user_pin nor so_pin");
        };
    }

    private static Optional<Change> change(Json.Obj json) {
        Optional<Json.Obj> after = json.optionalObject("after");
        if (json.bool("changes") != after.isPresent()) {
            throw new JsonException("a command says what is true after it exactly where it changes something");
        }
        boolean ownQuorum = json.optionalString("quorum")
                .map(who -> {
                    if (!who.equals("hsm") || after.isEmpty()) {
                        throw new JsonException("the quorum of a command that changes something is 'hsm', or null");
                    }
                    return true;
                })
                .orElse(false);
        return after.map(state -> {
            only(state, "present", "flags", "label");
            return new Change(state.bool("present"), state.strings("flags"), state.optionalString("label"), ownQuorum);
        });
    }
}
