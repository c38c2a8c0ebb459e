/// The page on which scripts are written, for those who use no shell. At the left stand the library and the outline of
/// the open script, in the middle its text with what the check found beneath, at the right what the room will see: the
/// screen of the step at the caret, drawn by the very node that ceremonies use, and the paper. [AuthorView] puts the
/// parts together; all that is decided is decided in `model.AuthoringViewModel`, which knows no control. The text
/// itself is a [ScriptArea], the one place that knows which editor control is beneath.
package org.quorate.ui.author;
