package org.quorate.hsm.pkcs11;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Reading;
import org.quorate.hsm.TokenObject;

/// Finds and describes what lies on a token, in one session.
record ObjectReader(Cryptoki cryptoki, long session) {
    private static final List<Long> IDENTITY = List.of(Ck.CKA_CLASS, Ck.CKA_LABEL, Ck.CKA_ID, Ck.CKA_TOKEN);
    /// So few that a slow HSM has read them within its deadline.
    private static final int AT_ONCE = 64;
    /// CKF_ARRAY_ATTRIBUTE.
    private static final long ARRAY_OF_ATTRIBUTES = 0x40000000L;

    List<TokenObject> all() {
        return described(cryptoki.findObjects(session, List.of()));
    }

    List<TokenObject> all(KeyId id) {
        return described(cryptoki.findObjects(
                session, Templates.empty().bytes(Ck.CKA_ID, id.bytes()).list()));
    }

    private List<TokenObject> described(List<Long> handles) {
        return read(handles, IDENTITY, readings -> identity(readings.object(), new Attributes(readings.reported())));
    }

    /// A handful of objects with each question to the host, since the way there and back costs more than the look.
    private <T> List<T> read(List<Long> handles, List<Long> types, Function<Cryptoki.Readings, T> as) {
        var read = new ArrayList<T>();
        for (int from = 0; from < handles.size(); from += AT_ONCE) {
            List<Long> some = List.copyOf(handles.subList(from, Math.min(from + AT_ONCE, handles.size())));
            cryptoki.inspect(session, some, types).forEach(readings -> read.add(as.apply(readings)));
        }
        return read;
    }

    List<InspectedObject> inspected(Set<String> attributes) {
        // Templates within templates come as pointers, which mean nothing outside of the module.
        List<Long> types = Names.attributeNumbers().stream()
                .filter(type -> (type & ARRAY_OF_ATTRIBUTES) == 0)
                .filter(type ->
                        attributes.isEmpty() || IDENTITY.contains(type) || attributes.contains(Names.attribute(type)))
                .toList();
        return read(cryptoki.findObjects(session, List.of()), types, readings -> inspected(readings, types));
    }

    private static InspectedObject inspected(Cryptoki.Readings readings, List<Long> types) {
        var read = new Attributes(readings.reported());
        var lines = new ArrayList<Reading>(types.size());
        for (long type : types) {
            Optional<byte[]> value = read.bytes(type);
            String text = value.isPresent() ? AttributeText.of(type, value.get()) : "";
            lines.add(new Reading(Names.attribute(type), state(readings, type, value.isPresent()), text));
        }
        return new InspectedObject(identity(readings.object(), read), lines);
    }

    private static Reading.State state(Cryptoki.Readings readings, long type, boolean reported) {
        if (reported) {
            return Reading.State.REPORTED;
        }
        if (readings.withheld().contains(type)) {
            return Reading.State.WITHHELD;
        }
        return readings.givenOut().contains(type) ? Reading.State.GIVEN_OUT : Reading.State.NOT_REPORTED;
    }

    private static TokenObject identity(long handle, Attributes read) {
        return new TokenObject(
                handle,
                read.number(Ck.CKA_CLASS).map(Templates::kind).orElse(ObjectClass.OTHER),
                read.text(Ck.CKA_LABEL),
                read.bytes(Ck.CKA_ID).filter(id -> id.length == 16).map(KeyId::of),
                read.flag(Ck.CKA_TOKEN).orElse(false));
    }

    /// The one object of that CKA_ID and class; none and several are refused alike.
    long only(KeyId id, ObjectClass kind) {
        List<Long> found = cryptoki.findObjects(
                session,
                Templates.empty()
                        .number(Ck.CKA_CLASS, Templates.number(kind))
                        .bytes(Ck.CKA_ID, id.bytes())
                        .list());
        if (found.size() != 1) {
            throw new CkException("C_FindObjects", Ck.CKR_OBJECT_HANDLE_INVALID);
        }
        return found.getFirst();
    }

    /// A handle is good for one host only; before it is used the object behind it is compared with the one that was
    /// found, so that an old handle cannot destroy a new key.
    long confirmed(TokenObject object) {
        if (!described(List.of(object.handle())).equals(List.of(object))) {
            throw new CkException("C_GetAttributeValue", Ck.CKR_OBJECT_HANDLE_INVALID);
        }
        return object.handle();
    }

    PublicKey publicKey(long object) {
        List<Long> types = List.of(Ck.CKA_EC_PARAMS, Ck.CKA_EC_POINT, Ck.CKA_MODULUS, Ck.CKA_PUBLIC_EXPONENT);
        return PublicKeys.read(new Attributes(cryptoki.attributes(session, object, types)))
                .orElseThrow(() -> new UnknownOutcomeException(
                        "C_GetAttributeValue", "the token reports no public key that can be understood"));
    }
}
