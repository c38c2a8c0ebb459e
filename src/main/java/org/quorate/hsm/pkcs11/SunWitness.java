package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Secret;
import org.quorate.hsm.IndependentWitness;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;

/// The witness: a [WitnessMain] process a question. What it is asked and its PIN go through its standard input; it
/// answers with one marked line, so that nothing a module prints can be taken for an answer.
public final class SunWitness implements IndependentWitness {
    private static final String NAME = "witness";

    private final ModuleSettings settings;

    public SunWitness(ModuleSettings settings) {
        this.settings = settings;
    }

    @Override
    public Outcome<Testimony> verify(Question question) {
        return ask(new Frames.Request(
                WitnessMain.VERIFY,
                List.of(
                        settings.module().toString(),
                        question.slot(),
                        question.key().getEncoded(),
                        question.scheme().name(),
                        question.message(),
                        question.signature())));
    }

    @Override
    public Outcome<Testimony> signAsClient(long slot, PublicKey key, SignatureScheme scheme, Secret userPin) {
        return userPin.use(pin -> {
            List<@Nullable Object> arguments =
                    List.of(settings.module().toString(), slot, key.getEncoded(), scheme.name(), pin);
            return ask(new Frames.Request(WitnessMain.SIGN, arguments));
        });
    }

    private Outcome<Testimony> ask(Frames.Request request) {
        Duration deadline =
                settings.deadlines().start().plus(settings.deadlines().administration());
        try {
            Process process = ChildJvm.of(WitnessMain.class, settings.environment(), BouncyCastleProvider.class)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                try (OutputStream in = process.getOutputStream()) {
                    Frames.write(in, request);
                }
                if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Outcome.Unknown<>(NAME, "no answer within " + deadline.toMillis() + " ms");
                }
                return answer(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Outcome.Unknown<>(NAME, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown<>(NAME, "the waiting was interrupted");
        }
    }

    private static Outcome<Testimony> answer(String printed) {
        for (String line : printed.lines().toList()) {
            int mark = line.indexOf(WitnessMain.MARK);
            if (mark >= 0) {
                String json = line.substring(mark + WitnessMain.MARK.length());
                try {
                    return new Outcome.Done<>(
                            Testimony.fromJson(Json.parseObject(json.getBytes(StandardCharsets.UTF_8))));
                } catch (JsonException e) {
                    return new Outcome.Unknown<>(NAME, "its answer cannot be read: " + e.getMessage());
                }
            }
        }
        return new Outcome.Unknown<>(NAME, "it ended without an answer");
    }
}
