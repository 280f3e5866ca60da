"""A brief in HTML: links go into the source by place; nothing is parsed into a tree and written out again."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from app.briefs.files.encoding import Text
from app.briefs.files.limits import check_characters, check_elements, check_passages
from app.briefs.files.spans import (
    Edit,
    Piece,
    apply,
    in_order,
    mark_of,
    offsets,
    one_line,
    safe_address,
    source_span,
    stretches,
)
from app.briefs.model import Note, PlacedLink

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>")
_SPECIAL = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[ \t\r\n\f]+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_CARELESS_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,50})([^>]*)>")
_LONGEST_TAG = 2_000
_TAG_START = re.compile(r"</?[A-Za-z]")
_RAW = _words("script style textarea title xmp iframe noembed noframes template svg math object select")
"""Nothing in these is text of the brief."""
_LOCKED = frozenset(("a", "button"))
_INLINE = _words(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark o:p q rp "
    "rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
_TO = re.compile(r"\shref\s*=\s*[\"']?#([^\"'\s>]{1,80})", re.IGNORECASE)
_NAMED = re.compile(r"\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]{1,80})", re.IGNORECASE)
_SPACE = " \t\r\n\f"
_TABLE = re.compile(r"<!--panli ([0-9a-f]{8})-->(.*?)<!--/panli-->", re.DOTALL)
_TABLE_START = "<!--panli "
_LINE = re.compile(r"<p>(.*?)</p>", re.DOTALL)


class HtmlBrief:
    """A brief in HTML."""

    def __init__(self, text: Text) -> None:
        self._text = text
        check_elements(text.content.count("<") + text.content.count("&"))
        self._table = _own_table(text.content)
        reader = _Reader(text.content, self._table)
        self._pieces = list(reader.passages())
        self.passages: Sequence[str] = tuple("".join(piece.text for piece in pieces) for pieces in self._pieces)
        check_characters(sum(map(len, self.passages)))
        self.notes: Sequence[Note] = tuple(self._notes(reader))

    def with_links(self, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
        """The same page with links added and, if ``table`` is given, those lines as paragraphs at its end."""
        edits: list[Edit[str]] = []
        starts: dict[int, list[int]] = {}
        for link in in_order(links, [len(passage) for passage in self.passages]):
            pieces = self._pieces[link.passage]
            places = starts.setdefault(link.passage, offsets(pieces))
            title = f' title="{escape(one_line(link.title))}"' if link.title else ""
            tag = f'<a href="{escape(safe_address(link.url))}"{title}>'
            for stretch in stretches(pieces, places, link.start, link.end):
                start, end = source_span(stretch)
                edits += [Edit(start, start, tag, 1), Edit(end, end, "</a>", 0)]
        if table:
            edits += self._table_edit([one_line(line) for line in table])
        return self._text.encoded(apply(self._text.content, edits))

    def _notes(self, reader: "_Reader") -> Iterator[Note]:
        """What a link inside the page leads to further down is a note, if it is one passage."""
        for passage, at, name in reader.marks:
            target = reader.names.get(name, -1)
            if passage < target < len(self.passages):
                yield Note(passage, min(at, len(self.passages[passage])), ((target, 0, len(self.passages[target])),))

    def _table_edit(self, lines: list[str]) -> Iterator[Edit[str]]:
        content = self._text.content
        new = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
        new = f"<!--panli {mark_of(lines)}-->\n{new}<!--/panli-->"
        start, end = self._table or (_end_of_body(content),) * 2
        if self._text.encoded(new) != self._text.encoded(content[start:end]):
            yield Edit(start, end, new if self._table else new + "\n")


def _own_table(content: str) -> tuple[int, int] | None:
    start = content.rfind(_TABLE_START)
    found = _TABLE.match(content, start) if start >= 0 else None
    if found and mark_of(unescape(line) for line in _LINE.findall(found[2])) == found[1]:
        return found.span()
    return None


def _end_of_body(content: str) -> int:
    lowered = content.lower() if content.isascii() else re.sub("[A-Z]", lambda found: found[0].lower(), content)
    places = [place for place in (lowered.rfind("</body"), lowered.rfind("</html")) if place >= 0]
    return min(places, default=len(content))


class _Reader:
    """Goes through the source once, from tag to tag."""

    def __init__(self, content: str, table: tuple[int, int] | None) -> None:
        self.content, self.table = content, table
        self.pieces: list[Piece] = []
        self.locked = self.group = self.pre = 0
        self.count = self.length = 0
        self.marks: list[tuple[int, int, str]] = []
        """Links inside the page: passage, place in it, the name they lead to."""
        self.names: dict[str, int] = {}
        """The passage that each name stands before."""
        self.waiting: list[str] = []
        self.closing = -1
        self.unbalanced = False
        """Whether a tag was never closed: from there on quotation marks are not minded, and no link is put in."""

    def passages(self) -> Iterator[list[Piece]]:
        at = 0
        while at < len(self.content):
            if self.table and at == self.table[0]:
                end, broke = self.table[1], True
            elif self.content[at] == "<":
                end, broke = self.markup(at)
            else:
                end, broke = self.text(at), False
            if broke and (done := self.done()):
                self.count += 1
                check_passages(self.count)
                yield done
            at = end
        if done := self.done():
            yield done

    def markup(self, at: int) -> tuple[int, bool]:
        """The end of a tag or comment, and whether it ends the passage."""
        self.group += 1
        if self.content.startswith("<!--", at):
            return self.after("-->", at + 4), False
        if self.content.startswith(("<!", "<?"), at):
            return self.after(">", at), False
        found = None if self.unbalanced else _TAG.match(self.content, at)
        if found is None and _TAG_START.match(self.content, at):
            self.unbalanced = True
            if not self.closes_soon(at):
                end = min(self.closing, len(self.content))
                self.add(self.content[at:end], at, end)
                return end, False
            found = _CARELESS_TAG.match(self.content, at)
        if found is None:
            self.add("<", at, at + 1)
            return at + 1, False
        return self.tag(found)

    def closes_soon(self, at: int) -> bool:
        """Whether a bracket follows within the length of a tag."""
        if self.closing < at:
            self.closing = self.content.find(">", at)
            self.closing = len(self.content) * 2 if self.closing < 0 else self.closing
        return self.closing < at + _LONGEST_TAG

    def tag(self, found: re.Match[str]) -> tuple[int, bool]:
        closing, name = bool(found[1]), found[2].lower()
        if name in _RAW and not closing and not found[3].endswith("/"):
            end = re.compile(rf"</{name}\b", re.IGNORECASE | re.ASCII).search(self.content, found.end())
            return (end.start() if end else len(self.content)), name not in _INLINE
        if not closing and found[3]:
            self.note(name, found[3])
        if name in _LOCKED:
            self.locked = max(0, self.locked + (-1 if closing else 1))
        if name == "pre":
            self.pre = max(0, self.pre + (-1 if closing else 1))
        if name == "br":
            self.add("\n", found.start(), found.end(), literal=False)
        return found.end(), name not in _INLINE and name != "br"

    def note(self, name: str, attributes: str) -> None:
        """Remember where a link leads to, and what leads here."""
        if name == "a" and (to := _TO.search(attributes)):
            self.marks.append((self.count, self.length, to[1]))
        if named := _NAMED.search(attributes):
            self.waiting.append(named[1])

    def after(self, mark: str, at: int) -> int:
        end = self.content.find(mark, at)
        return len(self.content) if end < 0 else end + len(mark)

    def text(self, at: int) -> int:
        end = self.content.find("<", at)
        end = len(self.content) if end < 0 else end
        if self.table and at < self.table[0] < end:
            end = self.table[0]
        start = at
        for found in _SPECIAL.finditer(self.content, at, end):
            token, begin = found[0], found.start()
            if (self.pre and token[0] != "&") or (token == " " and begin > start):
                continue
            self.add(self.content[start:begin], start, begin)
            start = found.end()
            if token[0] == "&":
                self.add(unescape(token), begin, start, literal=False)
            elif self.pieces and self.pieces[-1].text[-1] not in " \n":
                self.add(" ", begin, start, literal=token == " ")
        self.add(self.content[start:end], start, end)
        return end

    def add(self, text: str, start: int, end: int, literal: bool = True) -> None:
        if text:
            self.length += len(text)
            while self.waiting:
                self.names.setdefault(self.waiting.pop(), self.count)
            self.pieces.append(Piece(text, start, end, not self.locked and not self.unbalanced, self.group, literal))

    def done(self) -> list[Piece]:
        """The passage so far, without space at its end."""
        pieces, self.pieces, self.length = self.pieces, [], 0
        while pieces and not pieces[-1].text.strip(_SPACE):
            pieces.pop()
        if pieces and pieces[-1].literal:
            last = pieces[-1]
            last.text = last.text.rstrip(_SPACE)
            last.end = last.start + len(last.text)
        return pieces
