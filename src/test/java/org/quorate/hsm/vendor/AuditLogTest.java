package org.quorate.hsm.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.quorate.hsm.AuditLog;
import org.quorate.hsm.VendorProfile;

/// Logs in the forms of their makers.
class AuditLogTest {
    private static AuditLog log(String profile) {
        return VendorProfiles.ALL.stream()
                .filter(one -> one.id().equals(profile))
                .map(VendorProfile::module)
                .flatMap(module -> module.auditLog().stream())
                .findFirst()
                .orElseThrow();
    }

    /// In the form of the example in the AWS CloudHSM user guide, "Interpreting HSM audit logs".
    @Test
    void read_ofACloudHsmLog_hasNumberTimeOperationAndResult() {
        AuditLog.Reading reading = log("aws-cloudhsm").read("""
                Time: 12/19/17 21:01:17.140812, usecs:1513717277140812
                Sequence No : 0x1
                Reboot counter : 0xe8
                Command Type(hex) : CN_MGMT_CMD (0x0)
                Opcode : CN_GENERATE_KEY_PAIR (0x19)
                Session Handle : 0x1004001
                Response : 0:HSM Return: SUCCESS
                Log type : MINIMAL_LOG_ENTRY (0)

                Time: 12/19/17 21:01:18.000000, usecs:1513717278000000
                Sequence No : 0x2
                Reboot counter : 0xe8
                Command Type(hex) : CN_MGMT_CMD (0x0)
                Opcode : CN_TOMBSTONE_OBJECT
                Session Handle : 0x1004001
                Response : 0x92:HSM Error: object is not there
                Log type : MINIMAL_LOG_ENTRY (0)
                """);

        assertThat(reading.unread()).isEmpty();
        assertThat(reading.entries()).hasSize(2);
        AuditLog.LogEntry first = reading.entries().getFirst();
        assertThat(first.number()).contains(1L);
        assertThat(first.time()).isEqualTo(Instant.parse("2017-12-19T21:01:17.140812Z"));
        assertThat(first.operation()).isEqualTo("CN_GENERATE_KEY_PAIR");
        assertThat(first.done()).isTrue();
        assertThat(reading.entries().getLast().done()).isFalse();
    }

    @Test
    void read_keepsWhatIsNoEntry() {
        AuditLog.Reading reading = log("softhsm").read("""
                2026-11-22T14:00:00Z,1,C_Login,,CKR_OK
                # edited by hand
                2026-11-22T14:00:01Z,2,C_GenerateKey,kek,CKR_OK
                yesterday,3,C_Logout,,CKR_OK
                2026-99-22T14:00:00Z,4,C_Logout,,CKR_OK
                """);

        assertThat(reading.entries())
                .extracting(AuditLog.LogEntry::operation)
                .containsExactly("C_Login", "C_GenerateKey");
        assertThat(reading.entries().getLast().object()).contains("kek");
        assertThat(reading.unread())
                .containsExactly(
                        "# edited by hand", "yesterday,3,C_Logout,,CKR_OK", "2026-99-22T14:00:00Z,4,C_Logout,,CKR_OK");
    }
}
