/// The command line: one class a command, each a [Command] that returns an [Exit] and speaks through its [Output].
///
/// Words stand in the bundle under `command.quorate.<name>.`: `usage.header` for the command, an option's long name
/// for the option. What several commands share stands under `command.` alone.
package org.quorate.app.command;
