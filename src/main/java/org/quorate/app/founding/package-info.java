/// How a live site comes to be: [LiveFounding] asks people one question after the other, through the same front as a
/// ceremony, makes everything in a folder beside the wanted one, and puts it there whole or not at all. What it made on
/// the console's token before it was broken off is told apart the next time ([Unfinished]).
package org.quorate.app.founding;
