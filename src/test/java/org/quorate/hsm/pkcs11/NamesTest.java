package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.quorate.hsm.Attribute;

class NamesTest {
    @Test
    void everyNumberInTheCode_hasThatNameInTheTable() throws Exception {
        for (Field field : Ck.class.getDeclaredFields()) {
            String name = field.getName();
            String said = switch (name.substring(0, 4)) {
                case "CKR_" -> Names.rv(field.getLong(null));
                case "CKM_" -> Names.mechanism(field.getLong(null));
                case "CKA_" -> Names.attribute(field.getLong(null));
                default -> name;
            };
            assertThat(said).isEqualTo(name);
        }
    }

    @Test
    void everyAttributeOfThePort_hasANumber() {
        for (Attribute attribute : Attribute.values()) {
            assertThat(Names.attribute(Templates.type(attribute))).isEqualTo(attribute.cka());
        }
    }

    @Test
    void vendorsNumbers_areShownInHex() {
        assertThat(Names.rv(0x80000063L)).isEqualTo("CKR_0x80000063");
        assertThat(Names.mechanism(0x80000001L)).isEqualTo("CKM_0x80000001");
        assertThat(Names.tokenFlags(0x400L | 1L << 40)).containsExactly("CKF_0x10000000000", "CKF_TOKEN_INITIALIZED");
    }
}
