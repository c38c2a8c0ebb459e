/// The composition root, the only room that names an adapter, reads a clock, makes a thread or ends the process.
///
/// [Main] wires the rooms together and hands the command line to `org.quorate.app.command`; [Desktop] runs a window
/// and comes back when it is closed; [SystemClock] is the clock that everybody else is handed. To add a command, write
/// one class in `org.quorate.app.command`, its texts, and one line in [Main].
package org.quorate.app;
