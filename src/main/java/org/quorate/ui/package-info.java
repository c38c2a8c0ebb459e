/// What people see. [ConsoleWindow] is the console's one window.
package org.quorate.ui;
