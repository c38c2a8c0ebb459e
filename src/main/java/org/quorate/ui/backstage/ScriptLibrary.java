package org.quorate.ui.backstage;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.script.InsertedStep;
import org.quorate.script.LintReport;
import org.quorate.script.Script;
import org.quorate.script.StepSample;

/// The scripts as those who write them see them: the shipped ones, which are read, and those of the site. Everything
/// here reads or writes files, so nothing is for the window's thread; a file that cannot be read or written is a
/// [org.quorate.base.ProblemException].
public interface ScriptLibrary {

    /// Own scripts first, then the shipped ones, each with its parts after it.
    List<Item> items();

    Opened read(ScriptName name);

    /// The text that a new script begins with.
    String emptyCeremony();

    /// Judges a text as if it stood in the file.
    LintReport check(ScriptName name, byte[] source);

    /// The kinds of step that there are.
    List<StepSample> steps();

    /// A text with a step of this kind more, after the step that a line belongs to; empty where nothing in it is a
    /// place for steps.
    Optional<InsertedStep> insert(ScriptName name, String text, int line, String kind);

    /// Writes the file whole or not at all, and takes its draft away.
    ///
    /// @param opened the digest of what the author began with; a file that has another one by now is left alone
    /// @return the digest of what is written
    Digest save(ScriptName name, byte[] source, Digest opened);

    /// Writes a file where there was none.
    ///
    /// @param original what it is a copy of; where that is shipped, the parts beside it are taken along, never over
    ///     a part that is there
    void create(ScriptName name, byte[] source, Optional<ScriptName> original);

    /// Keeps a text that is not saved beside its file, in place of the draft before it.
    void keepDraft(ScriptName name, Draft draft);

    void dropDraft(ScriptName name);

    /// The pages of the paper script, as PNG pictures.
    List<byte[]> paper(Script script);

    /// Where the file lies, for words.
    String place(ScriptName name);

    /// @param title as the text says it, unread
    record Item(ScriptName name, String title) {}

    /// @param digest of the bytes on the disk
    /// @param draft kept and never saved, where its text is another one
    record Opened(byte[] source, String text, Digest digest, Optional<Draft> draft) {}

    /// @param base the digest of the file when the author opened it
    record Draft(String text, Digest base) {}
}
