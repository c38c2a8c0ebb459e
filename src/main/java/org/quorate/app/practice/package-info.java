/// The practice site: a SoftHSM of its own with three tokens, seven people with practice cards, and a ledger that they
/// founded together. Everything in it is real except that keys and PINs protect nothing, and it says so everywhere.
package org.quorate.app.practice;
