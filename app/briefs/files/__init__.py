"""A file → passages of text, and the same file with links put in.

opening     which kind it is: `open_brief`
docx        the package (package), a part with places in its bytes (docx_scan), links as insertions (docx_links)
pdf         text and boxes by PDFium, link annotations appended by pypdf
markdown    blocks (markdown_blocks), marks inside them (markdown_inline)
html plain  by places in the source
spans       from a span of a passage to places in the source: shared by all
limits errors   how large a brief may be, and why one is not taken

Whatever is not a link stays byte for byte as it was, and a second run changes nothing.
"""

from app.briefs.files.errors import BriefRefused
from app.briefs.files.opening import open_brief

__all__ = ["BriefRefused", "open_brief"]
