/// How it looks, in one place: [Look] and its style sheet.
package org.quorate.ui.theme;
