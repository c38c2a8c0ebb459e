/// What an identity provider says of its groups, as it comes into the room: a file that its administrators exported and
/// signed (CMS, RFC 5652), in one of the three forms that they have: CSV (RFC 4180), LDIF (RFC 2849) or SCIM JSON
/// (RFC 7643).
///
/// The signature says who vouches for the file; whether that is the right one, people compare with paper. The file is
/// somebody else's and is believed in nothing: it is small, it is read strictly, and what is not understood is refused
/// with its place, because a member who is overlooked is a member too few.
@NullMarked
package org.quorate.quorum.directory;

import org.jspecify.annotations.NullMarked;
