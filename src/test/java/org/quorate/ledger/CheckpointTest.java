package org.quorate.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;

class CheckpointTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final Checkpoint checkpoint =
            new Checkpoint("quorate.invalid/" + fixture.ledger, 13, Digest.of(new byte[] {1}));

    @Test
    void text_ofACheckpoint_isOriginSizeAndRoot() {
        assertThat(checkpoint.text())
                .isEqualTo("quorate.invalid/" + fixture.ledger + "\n13\n"
                        + Base64.getEncoder().encodeToString(checkpoint.root().bytes())
                        + "\n");
    }

    @Test
    void parse_ofASignedNote_givesTheCheckpointBackAndHolds() {
        Checkpoint.Signed signed =
                Checkpoint.parse(checkpoint.sign(fixture.console)).orElseThrow();

        assertThat(signed.checkpoint()).isEqualTo(checkpoint);
        assertThat(signed.isSignedBy(fixture.console.spki())).isTrue();
        assertThat(signed.isSignedBy(fixture.ann.spki())).isFalse();
    }

    @Test
    void sign_withAP384Key_holdsToo() {
        var console = new LedgerFixture.Console(fixture.bob.keys());
        Checkpoint.Signed signed = Checkpoint.parse(checkpoint.sign(console)).orElseThrow();

        assertThat(signed.isSignedBy(console.spki())).isTrue();
    }

    @Test
    void isSignedBy_ofAChangedNote_doesNotHold() {
        String note = checkpoint.sign(fixture.console);

        assertThat(Checkpoint.parse(note.replace("\n13\n", "\n14\n"))
                        .orElseThrow()
                        .isSignedBy(fixture.console.spki()))
                .isFalse();
    }

    @Test
    void isSignedBy_withAnUnsoundLineOfTheSameKeyBeside_doesNotHold() {
        String note = checkpoint.sign(fixture.console);
        String other = new Checkpoint(checkpoint.origin(), 14, checkpoint.root()).sign(fixture.console);
        String line = other.substring(other.indexOf("\n\n") + 2);

        assertThat(Checkpoint.parse(note + line).orElseThrow().isSignedBy(fixture.console.spki()))
                .isFalse();
    }

    @Test
    void parse_ofAnotherShape_isEmpty() {
        String note = checkpoint.sign(fixture.console);
        for (String wrong : new String[] {
            "",
            checkpoint.text(),
            note.strip(),
            note.replace("\n13\n", "\n013\n"),
            note.replace("\n13\n", "\n-1\n"),
            note.replace("\n13\n", "\n13\nmore\n"),
            note.replace("— ", "- "),
            note.replace("— ", "—  "),
            note + "\n",
            note + "something\n",
            note.replace("=\n\n", "\n\n")
        }) {
            assertThat(Checkpoint.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void parse_ofAnAnchorLine_givesItBack() {
        var line = new AnchorLine(35, Digest.of(new byte[] {2}));

        assertThat(AnchorLine.parse(line.toString())).contains(line);
        for (String wrong :
                new String[] {"", "0:" + line.toString().substring(3), "35", line + "=", "-1:x", "35:abc="}) {
            assertThat(AnchorLine.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void signedBytes_ofAnEntryWithoutCeremony_leaveItsLineEmpty() {
        byte[] bytes = Cosign.signedBytes(fixture.ledger, 0, Digest.ZERO, Optional.empty(), Cosign.Meaning.APPROVE);

        assertThat(new String(bytes, UTF_8))
                .isEqualTo("quorate-ledger/1 cosign\n" + fixture.ledger + "\n0\n" + "0".repeat(64) + "\n\napprove\n");
    }
}
