package org.quorate.app.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.vendor.VendorProfiles;

class MakersModuleTest {
    private static final ModuleSettings YUBI = ModuleSettings.of(Path.of("/x/yubihsm_pkcs11.so"), Map.of());

    @Test
    void moduleWithoutItsConfiguration_isToldWhereItLooksForIt() {
        Problem nothing = problem(Map.of("SOFTHSM2_CONF", "/none"));
        assertThat(nothing.id()).isEqualTo("app.module_not_configured");
        assertThat(nothing.cause()).contains("by SOFTHSM2_CONF, which is /none, where nothing is.");
        assertThat(nothing.technical().orElseThrow()).contains("C_Initialize answered CKR_");
    }

    @Test
    void moduleThatStarts_isJustOpened() throws Exception {
        try (SoftHsm softHsm = SoftHsm.with();
                Hsm hsm = MakersModule.open(softHsm.settings())) {
            assertThat(hsm.module().manufacturer()).isEqualTo("SoftHSM");
        }
    }

    @Test
    void initString_isThatOfTheSite_orElseOfTheMaker() {
        assertThat(withInitString(YUBI)).contains("connector=http://127.0.0.1:12345");
        assertThat(withInitString(YUBI.withInitString("connector=http://hsm:1")))
                .contains("connector=http://hsm:1");
    }

    private static Optional<String> withInitString(ModuleSettings settings) {
        return MakersModule.withInitString(
                        settings, VendorProfiles.ofFile(settings.module().toString()))
                .initString();
    }

    private static Problem problem(Map<String, String> environment) {
        ModuleSettings settings = ModuleSettings.of(SoftHsm.MODULE, new HashMap<>(environment));
        var seen = new Problem[1];
        assertThatThrownBy(() -> MakersModule.open(settings))
                .isInstanceOfSatisfying(ProblemException.class, e -> seen[0] = e.problem());
        return seen[0];
    }
}
