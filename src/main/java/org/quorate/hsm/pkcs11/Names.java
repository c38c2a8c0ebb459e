package org.quorate.hsm.pkcs11;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Numbers as PKCS#11 names them; what it does not name (a vendor's own) is shown as hex, such as `CKR_0x80000063`.
final class Names {
    private static final long VENDOR_DEFINED = 0x80000000L;
    /// CK_ULONG has 32 bits on some machines, so no maker defines more.
    private static final long LARGEST_ON_ANY_MACHINE = 0xffffffffL;
    private static final Map<String, Map<Long, String>> TABLE = load();

    private Names() {}

    static String rv(long number) {
        return of("CKR", number);
    }

    /// Whether the number is a return value of the standard, or in the range that makers have for theirs.
    static boolean isRv(long number) {
        return table("CKR").containsKey(number) || (number >= VENDOR_DEFINED && number <= LARGEST_ON_ANY_MACHINE);
    }

    static String mechanism(long number) {
        return of("CKM", number);
    }

    static String attribute(long number) {
        return of("CKA", number);
    }

    /// Every attribute that has a name, in the order of the numbers.
    static List<Long> attributeNumbers() {
        return table("CKA").keySet().stream().sorted().toList();
    }

    static String keyType(long number) {
        return of("CKK", number);
    }

    static String objectClass(long number) {
        return of("CKO", number);
    }

    static String certificateType(long number) {
        return of("CKC", number);
    }

    static Set<String> tokenFlags(long flags) {
        return flags("TOKEN", flags);
    }

    static Set<String> mechanismFlags(long flags) {
        return flags("MECHANISM", flags);
    }

    /// The number of a named attribute, such as `CKA_EXTRACTABLE`.
    static long attributeNumber(String name) {
        for (var entry : table("CKA").entrySet()) {
            if (entry.getValue().equals(name)) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("PKCS#11 has no attribute " + name);
    }

    private static String of(String kind, long number) {
        String name = table(kind).get(number);
        return name == null ? kind + "_0x" + Long.toHexString(number) : name;
    }

    private static Set<String> flags(String kind, long flags) {
        var names = new TreeSet<String>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long flag = 1L << bit;
            if ((flags & flag) != 0) {
                String name = table(kind).get(flag);
                names.add(name == null ? "CKF_0x" + Long.toHexString(flag) : name);
            }
        }
        return names;
    }

    private static Map<Long, String> table(String kind) {
        return TABLE.getOrDefault(kind, Map.of());
    }

    private static Map<String, Map<Long, String>> load() {
        var table = new HashMap<String, Map<Long, String>>();
        try (InputStream in = Names.class.getResourceAsStream("names.txt")) {
            if (in == null) {
                throw new IllegalStateException("the PKCS#11 names are missing from this build");
            }
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line : lines.lines().toList()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ", -1);
                    table.computeIfAbsent(words[0], kind -> new HashMap<>()).put(Long.decode(words[1]), words[2]);
                }
            }
            return table;
        } catch (IOException e) {
            throw new IllegalStateException("the PKCS#11 names cannot be read", e);
        }
    }
}
