/// What is known of makers' HSMs, one data file each, and the way in which a maker's own tool is run: by its absolute
/// path, without a shell, with nothing on its input but PINs, and with what it prints kept.
///
/// Profiles of devices that nobody here could try say so, on screen and in the record.
package org.quorate.hsm.vendor;
