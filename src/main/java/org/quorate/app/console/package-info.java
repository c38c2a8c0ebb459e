/// What stands behind the window: opens the site on a thread of its own, and conducts ceremonies on another, so
/// that the window never waits.
package org.quorate.app.console;
