/// Signed records in the window: their pages, as they are on paper.
package org.quorate.ui.records;
