"""What XML can hold."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain_xml(text: str) -> str:
    """``text`` without the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)
