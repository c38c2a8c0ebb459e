/// What was approved beforehand. A [Script] is one YAML file read strictly into sealed records: a header, the tokens
/// and keys it speaks of, then acts of steps. `lint` plays it against a model of the world and refuses one that cannot
/// work before anyone travels. Nothing of a place is in it: module, serials and people stand in the site profile, so
/// its digest is the same in rehearsal and live.
package org.quorate.script;
