/// What a ceremony needs of an HSM, in PKCS#11's words and without its API: a [Hsm] is one module, a [Token] what sits
/// in its slots, a [TokenSession] what can be done after a login. Each answer is an [Outcome]: done, refused by name,
/// or *unknown*, which is an answer of its own because a module may die inside a call.
///
/// Nothing is trusted: what was asked is read back in a new session and becomes a [KeyReport].
package org.quorate.hsm;
