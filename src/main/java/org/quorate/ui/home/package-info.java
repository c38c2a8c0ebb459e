/// Between ceremonies: go on, start, look at a record.
package org.quorate.ui.home;
