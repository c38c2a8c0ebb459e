package org.quorate.quorum.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.ProblemException;

class DirectoryReaderTest {
    private static final Map<String, Set<String>> GROUPS =
            Map.of("hsm-officers", Set.of("Ann Lee", "Bob \"Bo\" Ray, Jr."), "hsm-witnesses", Set.of("Wíl Ö"));

    private static Map<String, Set<String>> read(String text) {
        return DirectoryReader.read(text.getBytes(StandardCharsets.UTF_8)).groups();
    }

    @Test
    void csv_isRead_withColumnsInAnyOrder_quotes_andEitherSeparator() {
        String csv = """
                account,displayName,Group
                ann,Ann Lee,hsm-officers
                bob,"Bob ""Bo"" Ray, Jr.",hsm-officers
                wil,Wíl Ö,hsm-witnesses
                """;

        assertThat(read("\uFEFF" + csv)).isEqualTo(GROUPS);
        assertThat(read("""
                group;name\r
                hsm-officers;Ann Lee\r
                hsm-officers;"Bob ""Bo"" Ray, Jr."\r
                hsm-witnesses;Wíl Ö""")).isEqualTo(GROUPS);
    }

    @Test
    void ldif_isRead_withFoldedLines_base64_andMembersWhoAreEntries() {
        assertThat(read("""
                # as ldapsearch -LLL prints it
                dn: uid=ann,ou=people,dc=example,dc=org
                objectClass: inetOrgPerson
                cn: ann
                displayName: Ann L
                 ee

                dn: CN=Bob \\"Bo\\" Ray\\, Jr.,OU=people,DC=example,DC=org
                objectClass: person
                cn: Bob "Bo" Ray, Jr.

                dn: uid=wil,ou=people,dc=example,dc=org
                cn;lang-de:: V8OtbCDDlg==

                dn: cn=hsm-officers,ou=groups,dc=example,dc=org
                objectClass: groupOfNames
                cn: hsm-officers
                member: UID=ann, OU=people, DC=example, DC=org
                member: cn=Bob \\"Bo\\" Ray\\, Jr.,ou=people,dc=example,dc=org

                dn: cn=hsm-witnesses,ou=groups,dc=example,dc=org
                objectClass: groupOfUniqueNames
                cn: hsm-witnesses
                uniqueMember: uid=wil,ou=people,dc=example,dc=org
                """)).isEqualTo(GROUPS);
    }

    @Test
    void scim_isRead_withUsersById_orAsTheGroupShowsThem() {
        assertThat(read("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 3,
                 "Resources": [
                  {"id": "1", "userName": "ann", "name": {"formatted": "Ann Lee"}, "active": true, "weight": 1.5},
                  {"id": "g1", "displayName": "hsm-officers", "members": [
                    {"value": "1", "display": "somebody else"},
                    {"value": "2", "display": "Bob \\"Bo\\" Ray, Jr."}]},
                  {"id": "g2", "displayName": "hsm-witnesses", "members": [{"value": "3", "display": "W\\u00edl \\u00d6"}]}
                 ]}
                """)).isEqualTo(GROUPS);
    }

    @Test
    void emptyGroup_isThere_withNobodyInIt() {
        assertThat(read("{\"displayName\": \"hsm-officers\", \"members\": []}"))
                .isEqualTo(Map.of("hsm-officers", Set.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            csv_header      | name,team\\nAnn,officers
            csv_fields      | group,name\\nofficers
            csv_quote       | group,name\\nofficers,"Ann
            csv_quote       | group,name\\nofficers,A"nn"
            bad_name        | group,name\\nofficers,
            bad_name        | group,name\\nofficers,Ann\\u202eeeL
            twice           | group,name\\nofficers,Ann\\nofficers,Ann
            no_groups       | group,name
            no_groups       | {"Resources": []}
            no_scim         | {"Resources": "none"}
            no_scim         | {"displayName": "a", "displayName": "b", "members": []}
            no_scim         | {"members": []}
            no_scim         | {"displayName": "a", "members": [1]}
            no_scim         | {"displayName": "a"
            member_unknown  | {"displayName": "a", "members": [{"value": "7"}]}
            member_unknown  | dn: cn=g\\nobjectClass: group\\ncn: g\\nmember: uid=ann,dc=x
            ldif_entry      | dn: cn=g\\nchangetype: delete
            ldif_entry      | version: 1\\n\\ncn: nobody
            ldif_line       | dn: cn=g\\njpegPhoto:< file:///etc/passwd
            ldif_line       | dn: cn=g\\ncn:: %%%
            ldif_line       | dn: cn=g\\nno colon
            bad_name        | dn: ou=g\\nobjectClass: group\\nmember: cn=ann
            """)
    void whatIsNotUnderstood_isRefused(String problem, String text) {
        String unescaped = text.replace("\\n", "\n").replace("\\u202e", "\u202e");

        assertThatThrownBy(() -> read(unescaped))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("quorum.directory." + problem));
    }

    @Test
    void bytesThatAreNoText_areRefused() {
        assertThatThrownBy(() -> DirectoryReader.read(new byte[] {'a', (byte) 0xff}))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("quorum.directory.no_text"));
    }
}
