/// The window. [ConsoleWindow] is the one window and decides which page it shows. The pages are in `shell`, `step` and
/// `home`; what they show is in `model`, which knows no control and is tested without a toolkit. The window asks no
/// adapter anything: what it needs it gets through `backstage`.
package org.quorate.ui;
