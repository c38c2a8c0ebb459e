/// One page for the step, one form for each kind of question. A form shows what is asked and names the act on its
/// button; it never decides anything. A new kind of question does not compile until [Forms] draws it.
package org.quorate.ui.step;
