/// The adapter to real HSMs. A PKCS#11 module is foreign code that may crash, hang or lie, so it never runs in the
/// console: a [ModuleHost] process loads it, the console sends that process one frame a call and gives each call a
/// deadline. When the process dies or overruns it is killed, the call's outcome is *unknown*, and the next call starts
/// another.
///
/// From below to above: [Abi] is the only place that knows the C layout, [NativeCryptoki] calls the module,
/// [HostProcess] carries [Cryptoki] across the pipe, [Pkcs11Hsm] is the port.
///
/// Beside them stands the witness ([SunWitness]), which asks the same token through Java's own provider in a process of
/// its own: never in one process with this binding, because a login belongs to a process, and a wrong PIN would pass
/// unnoticed there.
package org.quorate.hsm.pkcs11;
