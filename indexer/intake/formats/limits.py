"""How much of anything a reader takes before it refuses: a file from a stranger costs no more than this."""

MAX_SOURCE_BYTES = 200_000_000
"""A file that is held whole while it is read (streams have no limit): checked before it is opened."""
MAX_PLAIN_BYTES = 16_000_000
"""A text or web page: four bytes for each character of the longest text."""
MAX_TEXT = 4_000_000
"""Characters of one document."""
MAX_RECORD_BYTES = 32_000_000
"""One line of JSONL, or one value of a JSON file: the longest text, escaped, beside a copy of it as HTML."""
MAX_UNPACKED = 60_000_000
"""Bytes of all members of a .docx."""
MAX_MEMBERS = 5_000
"""Members of a .docx."""
MAX_PAGES = 2_000
"""Pages of a PDF."""
MAX_RATIO = 150
"""Unpacked to packed bytes of a .gz or .xz, once `RATIO_FROM` bytes came out: Chinese text reaches about 10."""
RATIO_FROM = 16_000_000
MAX_XZ_MEMORY = 160_000_000
"""Bytes the xz decoder may take: its strongest common setting needs 65 million."""
PDF_SECONDS = 20
PDF_MEMORY = 450_000_000
"""Address space of the process that reads a PDF."""
DOC_SECONDS = 25
