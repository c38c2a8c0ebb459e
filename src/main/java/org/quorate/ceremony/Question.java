package org.quorate.ceremony;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// Everything that can be asked of people. One question is one screen.
///
/// `by` names who answers; `button` is the act the primary button names.
public sealed interface Question<T> {

    /// Unique within a step; the ledger knows the answer by it.
    String name();

    /// *Stated*: a person says that something is so.
    ///
    /// @param practice what makes it so where this is a rehearsal
    record Confirm(String name, String statement, List<Participant> by, String button, Optional<PracticeAct> practice)
            implements Question<Verdict> {}

    /// What people would do with their hands and a practice HSM cannot be done to, such as to unplug it.
    record PracticeAct(String button, Runnable act) {}

    /// *Stated*: a person types in what they see. `check` gives the reason why a text is not acceptable.
    record Enter(
            String name,
            String label,
            String hint,
            List<Participant> by,
            String button,
            Function<String, Optional<String>> check)
            implements Question<String> {}

    /// *Compared*: a person checks the machine's value against another source.
    ///
    /// @param against what it is compared with, such as "the approved paper script"
    record Compare(String name, Exhibit shown, String against, List<Participant> by, String button)
            implements Question<Verdict> {}

    /// One of a few ways on.
    record Choose(String name, String title, String explanation, List<Option> options) implements Question<String> {
        /// The name of the one question that comes after a failed attempt at any step.
        public static final String AFTER_FAILURE = "after-failure";

        public Choose {
            options = List.copyOf(options);
        }

        /// The name of the question by which people decide at this step.
        public static String decisionOf(String step) {
            return "decision-" + step;
        }
    }

    /// @param consequence what follows from it, in a sentence
    record Option(String id, String button, String consequence) {}

    /// A PIN or passphrase; never kept by the ledger, never answered from it.
    ///
    /// @param fresh a new PIN, which is entered twice
    /// @param practice the PIN to use where this is a rehearsal, shown so that nobody needs paper
    /// @param maker how a PIN looks on tokens of this maker, where that is known and nobody is shown the PIN itself
    record EnterSecret(
            String name,
            String label,
            boolean fresh,
            int minLength,
            int maxLength,
            Optional<String> practice,
            Optional<MakersPin> maker,
            List<Participant> by)
            implements Question<Secret> {}

    /// @param form such as "user:password"
    record MakersPin(String maker, String form, String help) {}

    /// A file is brought, on a stick or from wherever people keep it.
    ///
    /// @param fileName what the script calls it; what it is called on the stick does not matter
    /// @param check gives the reason why a content is not acceptable
    record BringFile(
            String name,
            String fileName,
            String explanation,
            int maxBytes,
            List<Participant> by,
            Function<byte[], Optional<String>> check)
            implements Question<byte[]> {}

    /// A file is handed out; the answer comes when somebody has it.
    record TakeFile(String name, String fileName, String explanation, byte[] content, List<Participant> by)
            implements Question<Verdict> {}

    /// The same for a file that is a secret: only the fact is kept, and the bytes are wiped when it was taken.
    record TakeSecret(String name, String fileName, String explanation, byte[] content, List<Participant> by)
            implements Question<Verdict> {}

    /// The words of a share on paper are typed or scanned; never kept by the ledger, never answered from it.
    ///
    /// @param words how many there are
    /// @param practice the words where this is a rehearsal and they are known
    record EnterWords(
            String name, String label, String hint, int words, Optional<String> practice, List<Participant> by)
            implements Question<Secret> {}

    /// A card is shown that nobody has a role with yet; it signs nothing here.
    record PickCard(String name, String title, String explanation) implements Question<Card> {}

    /// A card gets a new PIN: the card, the PIN that it has or the code that unblocks it, and the new PIN twice.
    ///
    /// @param tally with nobody but its holder
    record SetCardPin(String name, String title, String explanation, Act act, Tally tally)
            implements Question<CardPinAnswer> {
        public enum Act {
            CHANGE,
            UNBLOCK;

            public String wire() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// What people typed for a card, or that they leave it as it is.
    sealed interface CardPinAnswer {
        /// @param first the PIN that the card has, or the code that unblocks it
        record Typed(Card card, Secret first, Secret fresh) implements CardPinAnswer {}

        record Left(String because) implements CardPinAnswer {}
    }

    /// A card is presented, with its PIN, for what `statement` says.
    sealed interface OfCard extends Question<Presented> {
        String title();

        Statement statement();

        Tally tally();

        /// When what is still missing comes too late; empty where people may take their time.
        default Optional<Instant> until() {
            return Optional.empty();
        }
    }

    /// A card is presented to sign `statement`; asked once for each card until the quorum stands.
    ///
    /// @param tally who has signed so far and who could
    record PresentCard(String name, String title, Statement statement, Tally tally, Optional<Instant> until)
            implements OfCard {
        public PresentCard(String name, String title, Statement statement, Tally tally) {
            this(name, title, statement, tally, Optional.empty());
        }
    }

    /// A card is presented to open its share of a PIN; where `signs` is so, it signs `statement` first. Asked once for
    /// each card until there are shares enough.
    ///
    /// @param tally whose shares are open and who else has one
    record OpenShare(String name, String title, Statement statement, Tally tally, boolean signs) implements OfCard {}

    /// The page before an act that cannot be undone: consequence, facts read from this very device, who consented; the
    /// serial is typed exactly.
    record Commit(
            String name,
            String title,
            String consequence,
            List<Exhibit> facts,
            List<Participant> consenting,
            String serial,
            String button)
            implements Question<String> {
        public Commit {
            facts = List.copyOf(facts);
            consenting = List.copyOf(consenting);
        }
    }

    /// An intent has no outcome: what the console found on the token, for people to accept.
    ///
    /// @param finding done, not_done, partial or undecidable
    record Reconcile(
            String name, String title, String intended, String finding, List<Exhibit> evidence, List<Participant> by)
            implements Question<Verdict> {
        public Reconcile {
            evidence = List.copyOf(evidence);
        }
    }

    /// The last question to each participant.
    record Agree(String name, Participant participant, String statement) implements Question<Verdict> {}

    /// The end: the record is made. Answered by leaving the page.
    ///
    /// @param ending closed or aborted
    /// @param record name of the signed record in the folder
    /// @param files names of all that lies there
    record Closed(String name, Conductor.Ending ending, Path folder, String record, List<String> files)
            implements Question<Verdict> {
        public Closed {
            files = List.copyOf(files);
        }
    }

    /// Yes, or no with the reason.
    sealed interface Verdict {
        record Yes() implements Verdict {}

        record No(String because) implements Verdict {}
    }
}
