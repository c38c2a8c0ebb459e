package org.quorate.quorum.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.quorate.base.Problem;

/// Entries of groups (`groupOfNames`, `groupOfUniqueNames`, `group`) with their members by DN, and of people with their
/// `displayName` or `cn`. A member without an entry of their own is called by the `cn` of the DN, if that has one.
record Ldif(DirectoryReader into) {
    private static final Set<String> GROUPS = Set.of("groupofnames", "groupofuniquenames", "group");

    private record Entry(LdapName dn, Map<String, List<String>> attributes) {
        List<String> all(String name) {
            return attributes.getOrDefault(name, List.of());
        }

        Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }

        boolean isGroup() {
            return all("objectclass").stream().anyMatch(kind -> GROUPS.contains(kind.toLowerCase(Locale.ROOT)));
        }
    }

    void read(String text) {
        List<Entry> entries = entries(text);
        var names = new HashMap<LdapName, String>();
        for (Entry entry : entries) {
            entry.first("displayname").or(() -> entry.first("cn")).ifPresent(name -> names.put(entry.dn(), name));
        }
        for (Entry entry : entries) {
            if (entry.isGroup()) {
                String group = entry.first("cn")
                        .orElseThrow(() -> Problem.of("quorum.directory.bad_name", entry.dn())
                                .asException());
                into.group(group, entry.dn().toString());
                members(entry).forEach(member -> into.member(group, name(member, names), entry.dn() + ", " + member));
            }
        }
    }

    private static List<String> members(Entry group) {
        var members = new ArrayList<>(group.all("member"));
        members.addAll(group.all("uniquemember"));
        return members;
    }

    private static String name(String member, Map<LdapName, String> names) {
        LdapName dn = dn(member, member);
        return Optional.ofNullable(names.get(dn))
                .or(() -> dn.getRdns().reversed().stream()
                        .limit(1)
                        .filter(rdn -> rdn.getType().equalsIgnoreCase("cn"))
                        .map(Rdn::getValue)
                        .map(String::valueOf)
                        .findFirst())
                .orElseThrow(() ->
                        Problem.of("quorum.directory.member_unknown", member).asException());
    }

    private static List<Entry> entries(String text) {
        var entries = new ArrayList<Entry>();
        for (String block : text.replace("\r\n", "\n").replace("\n ", "").split("\n\n+", -1)) {
            Map<String, List<String>> attributes = attributes(block);
            attributes.remove("version");
            List<String> dn = attributes.getOrDefault("dn", List.of());
            if (attributes.containsKey("changetype") || dn.size() > 1 || (dn.isEmpty() && !attributes.isEmpty())) {
                throw Problem.of(
                                "quorum.directory.ldif_entry",
                                block.lines().findFirst().orElse(""))
                        .asException();
            }
            dn.forEach(name ->
                    entries.add(new Entry(dn(name, block.lines().findFirst().orElse("")), attributes)));
        }
        return entries;
    }

    private static Map<String, List<String>> attributes(String block) {
        var attributes = new LinkedHashMap<String, List<String>>();
        for (String line : block.lines().toList()) {
            int colon = line.indexOf(':');
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (colon <= 0 || line.startsWith(":<", colon)) {
                throw Problem.of("quorum.directory.ldif_line", line).asException();
            }
            // An option such as ;lang-en says in which language, and nothing else.
            String name = line.substring(0, colon).split(";", 2)[0].toLowerCase(Locale.ROOT);
            attributes.computeIfAbsent(name, fresh -> new ArrayList<>()).add(value(line, colon));
        }
        return attributes;
    }

    private static String value(String line, int colon) {
        if (!line.startsWith("::", colon)) {
            return line.substring(colon + 1).strip();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(line.substring(colon + 2).strip());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.of("quorum.directory.ldif_line", line).causedBy(e);
        }
    }

    private static LdapName dn(String name, String where) {
        try {
            return new LdapName(name);
        } catch (InvalidNameException e) {
            throw Problem.of("quorum.directory.ldif_line", where).causedBy(e);
        }
    }
}
