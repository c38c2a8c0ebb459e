/// The window. [ConsoleWindow] is the one window and decides which page it shows.
package org.quorate.ui;
