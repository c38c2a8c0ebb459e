package org.quorate.app.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.base.VisibleText;
import org.quorate.hsm.Admission;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Lockout;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;

/// Whether a token is to be trusted with a key, and why.
record AdmissionReport(Hsm hsm, TokenInfo token) {

    /// @param login taken over, and wiped
    /// @param lock whether its user PIN may be locked, to see when that happens
    Exit make(Token.Login login, boolean lock, Output output) {
        try {
            Admission.Result result = result(login);
            if (lock && login instanceof Token.Login.User(var pin)) {
                try (Secret wrong = otherThan(pin)) {
                    result = result.with(Lockout.find(hsm, token, wrong));
                }
            }
            output.answer(
                    Json.obj()
                            .put("module", hsm.module().toJson())
                            .put("token", token.toJson())
                            .put("admission", result.toJson())
                            .build(),
                    lines(result));
            return result.admitted() ? Exit.DONE : Exit.NO;
        } finally {
            wipe(login);
        }
    }

    private Admission.Result result(Token.Login login) {
        Token now = hsm.tokens().stream()
                .filter(other -> other.info().slot() == token.slot())
                .findFirst()
                .orElseThrow();
        List<TokenInfo> present = hsm.tokens().stream().map(Token::info).toList();
        try (TokenSession session = now.open(login).orThrow()) {
            return Admission.run(session, login instanceof Token.Login.None ? "none" : "user")
                    .with(Admission.serial(token, present));
        }
    }

    private List<String> lines(Admission.Result result) {
        var lines = new ArrayList<String>();
        lines.add(Texts.get(
                result.admitted() ? "app.inventory.admitted" : "app.inventory.not_admitted",
                VisibleText.of(token.label()),
                VisibleText.of(token.model()),
                VisibleText.of(token.serial())));
        for (Admission.Verdict verdict : List.of(
                Admission.Verdict.FAILED,
                Admission.Verdict.NOT_TRIED,
                Admission.Verdict.NOTED,
                Admission.Verdict.PASSED)) {
            List<Admission.Finding> findings = result.of(verdict);
            if (!findings.isEmpty()) {
                lines.add("");
                lines.add(Texts.get("app.inventory.grade." + verdict.wire(), findings.size()));
                for (Admission.Finding finding : findings) {
                    lines.addAll(Columns.wrapped("  ", finding.text()));
                    lines.addAll(Columns.wrapped("    ", VisibleText.of(finding.detail())));
                }
            }
        }
        return lines;
    }

    /// A PIN of the same form that is not this one.
    private static Secret otherThan(Secret pin) {
        return pin.use(right -> {
            byte[] wrong = right.clone();
            if (wrong.length > 0) {
                wrong[0] = (byte) (wrong[0] == '9' ? '8' : '9');
            }
            return wrong.length > 0
                    ? Secret.ofBytes(wrong)
                    : Secret.ofBytes("99999999".getBytes(StandardCharsets.UTF_8));
        });
    }

    static void wipe(Token.Login login) {
        if (login instanceof Token.Login.User(var pin)) {
            pin.close();
        }
    }
}
