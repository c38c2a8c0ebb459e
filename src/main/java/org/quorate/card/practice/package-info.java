/// Cards for rehearsals: a card is a file in a folder, and says so. It behaves as a real one does, because that is what
/// people practise: the key opens only with the PIN, three wrong PINs block it, and the tries are counted on disk
/// before a PIN is tried, so that ending the program gains nothing. It protects nothing: the practice PIN stands in the
/// same file in clear.
package org.quorate.card.practice;
