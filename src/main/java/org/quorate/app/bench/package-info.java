/// Measurements that anyone can repeat on a machine of their own. A [Bench] measures one thing and says whether its
/// limit is kept; `quorate bench` runs them by name.
package org.quorate.app.bench;
