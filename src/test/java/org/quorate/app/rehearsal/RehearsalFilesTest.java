package org.quorate.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.ProblemException;

/// What a rehearsal puts onto the stick.
class RehearsalFilesTest {
    @TempDir
    private Path stick;

    private void take(int content) {
        new RehearsalFiles(Optional.of(stick), 0).take("share.pdf", new byte[] {1, (byte) content});
    }

    /// A console that was killed after it had handed the file out hands it out again.
    @Test
    void sameFile_canBeHandedOutAgain() {
        take(7);
        take(7);

        assertThat(stick.resolve("share.pdf")).hasBinaryContent(new byte[] {1, 7});
        assertThat(stick.toFile().list()).containsExactly("share.pdf");
    }

    @Test
    void anotherFile_isNeverWrittenOver_andNoneStaysHalf() {
        take(7);

        assertThatThrownBy(() -> take(8))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("app.rehearsal.file_not_written"));

        assertThat(stick.resolve("share.pdf")).hasBinaryContent(new byte[] {1, 7});
        assertThat(stick.toFile().list()).containsExactly("share.pdf");
    }

    @Test
    void stickThatIsGone_isAProblem() throws Exception {
        Files.delete(stick);

        assertThatThrownBy(() -> take(7)).isInstanceOf(ProblemException.class);
        Files.createDirectory(stick);
    }
}
