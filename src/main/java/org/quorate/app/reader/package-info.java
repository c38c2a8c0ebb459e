/// Card readers and cards that are programs, for rehearsals, tests and benches: a card reader service (pcscd) of
/// our own with virtual readers (vsmartcard's vpcd), and practice cards that are put into them and speak PIV.
/// Everything above the service is then the same as with cards of plastic.
///
/// The service has a socket of its own, named by the launcher in `PCSCLITE_CSOCK_NAME`, so that it neither needs nor
/// disturbs the one of the system, and ends with this program. Cards reach their readers over a port of this machine,
/// because vpcd knows no other way; that is the only use of the network here.
package org.quorate.app.reader;
