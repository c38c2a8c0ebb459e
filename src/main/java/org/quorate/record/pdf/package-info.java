/// Records and scripts on paper: PDF/A-3a and PDF/UA-1, tagged by hand with PDFBox, signed with CMS.
///
/// From the bottom up: [Fonts] know every letter and its width and refuse one they lack; a [Paragraph] of [Run]s
/// becomes lines; a [Sheet] is one page's drawing; [Tags] grow the structure tree beside it; a [Flow] fills
/// sheets from top to bottom and never leaves a heading alone; a [Table] repeats its header. [RecordPages] says
/// what a record shows, [PaperScript] what the approved script shows on paper. [PdfSigner] certifies,
/// [RecordVerifier] checks.
package org.quorate.record.pdf;
