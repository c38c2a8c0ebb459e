package org.quorate.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.script.Script;
import org.quorate.script.Waiver;

/// Which ceremony this was, where, when, by which script and program.
public record Heading(Occasion occasion, Plan script, Program program, Timing timing, Heads heads) {

    /// @param rehearsal practice HSM and practice cards; everything that shows the record says so
    public record Occasion(
            UUID ceremony, String title, String kind, boolean rehearsal, String organisation, String place) {}

    /// @param approval whose cards had approved the file when the ceremony was opened, in words
    public record Plan(
            String id,
            String version,
            Digest digest,
            Digest site,
            Script.DocumentControl document,
            String approval,
            Made made) {
        public List<Used> parts() {
            return made.parts();
        }

        public List<Waiver> waivers() {
            return made.waivers();
        }

        /// Of what the script is made, and what its owners accepted when they approved it.
        public record Made(List<Used> parts, List<Waiver> waivers) {
            public Made {
                parts = List.copyOf(parts);
                waivers = List.copyOf(waivers);
            }
        }

        /// A file beside the script, which the script names by its digest.
        public record Used(String file, Digest digest) {}
    }

    /// @param starts how often the program was started during the ceremony
    public record Program(String name, String version, String java, String os, int starts) {}

    /// @param end when it was closed or aborted; empty where it was neither
    /// @param lastEntry time of the newest entry of the ceremony: when the record's content was settled
    public record Timing(Instant start, Optional<Instant> end, Optional<Duration> planned, Instant lastEntry) {
        public Optional<Duration> actual() {
            return end.map(moment -> Duration.between(start, moment));
        }
    }

    /// The ledger before the ceremony's first entry, and at the checkpoint that the record stands on.
    ///
    /// @param lastLeaf leaf of the newest entry of this ceremony
    public record Heads(long startSize, Digest startLeaf, long endSize, Digest endRoot, Digest lastLeaf) {}
}
