"""The query language: what a lawyer types, as one Whoosh query tree.

::

    query      = any-of
    any-of     = all-of { OR all-of }
    all-of     = item { [AND] item }
    item       = [NOT | -] together
    together   = atom { (/s | /p) atom }
    atom       = [field:] ( word | "exact" | "a b"~10 | trade* | wor?d | case number | "(" any-of ")" )

What can't be read is never an error page: it is a `Problem` with a repaired query to click.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.errors import QueryTooLong
from app.search.compounds import Compound, compound, in_one_sentence
from app.search.glossary import Expansion, as_shown, match_at, query_words, wording
from app.search.lexer import Lexeme, Sort, lex
from app.search.nodes import DateWithin, Exact, Near, Together
from app.search.parsed import ParsedQuery, Problem
from app.search.query_fields import DATE_FIELD, EXACT_FIELDS, TEXT
from app.search.statute_keys import statute_key, whole_statute_key
from app.settings import MAX_CLAUSES, MAX_QUERY_CHARACTERS
from indexer.citator import find_citations
from indexer.domain.case_number import parse_case_number
from indexer.domain.citation import CitationKind
from indexer.domain.dates import parse_partial_date
from indexer.domain.errors import BadCaseNumber, BadDate
from indexer.domain.registry import romanised_number
from indexer.index.analysis import HAN, STOP_WORDS, fold, is_han

_NUMBER_BOOST, _CITES_BOOST, _MENTION_BOOST = 100.0, 3.0, 1.0
_WHOLE_BOOST = 2.0
_MIN_PREFIX = {True: 1, False: 3}
"""Characters needed before a wildcard, in Chinese and otherwise."""
_MAX_NAME = 14
"""So many words may the name of a statute have, with its article."""
_DATE_RANGE = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)?(\.\.)?(\d{4}(?:-\d\d(?:-\d\d)?)?)?")


class _Unreadable(Exception):
    def __init__(self, code: str, value: str, repaired: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, value, repaired)


def parse(text: str, expand: bool = True, any_of: bool = False, parted: bool = False) -> ParsedQuery:
    """The query in ``text``.

    With ``any_of``, words side by side need not all match; with ``parted``, for a word that is made up of shorter
    ones these are enough, in one sentence.

    Raises `QueryTooLong` over 2,000 characters or 64 clauses.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryTooLong(
            "The query has %(length)d characters; the limit is %(limit)d.",
            {"limit": MAX_QUERY_CHARACTERS},
            length=len(text),
            limit=MAX_QUERY_CHARACTERS,
        )
    lexemes = lex(text)
    if len(lexemes) > MAX_CLAUSES:
        raise _too_many(len(lexemes))
    parser = _Parser(text, lexemes, expand, any_of, parted)
    try:
        tree = parser.whole()
    except _Unreadable as unreadable:
        return ParsedQuery(None, unreadable.problem)
    numbers = tuple(lexeme.key for lexeme in lexemes if lexeme.sort is Sort.NUMBER)
    provisions = tuple(c.key for c in find_citations(text) if c.kind is CitationKind.PROVISION)
    return ParsedQuery(
        tree, None, tuple(parser.expansions), numbers, provisions, parser.joined > 1, tuple(parser.compounds)
    )


@dataclass
class _Parser:
    text: str
    lexemes: Sequence[Lexeme]
    expand: bool
    any_of: bool
    parted: bool
    position: int = 0
    joined: int = 0
    clauses: int = 0
    expansions: list[Expansion] = field(default_factory=list)
    compounds: list[Compound] = field(default_factory=list)
    barred: bool = False
    """Whether what is read now must not match: to take it apart would bar more than was asked."""

    def whole(self) -> Query | None:
        """The tree of the whole query, or None when it is empty."""
        if not self.lexemes:
            return None
        tree = self._any_of(TEXT)
        keys = [c.key for c in find_citations(self.text) if c.kind is CitationKind.PROVISION and ":" in c.key]
        if keys and all(lexeme.sort is Sort.WORD for lexeme in self.lexemes):
            tree = Or([*(Term("statute", key, boost=_NUMBER_BOOST) for key in keys), tree])
        if self.position < len(self.lexemes):  # only a stray closing bracket stops the rules above
            raise self._without(self.lexemes[self.position], "unbalanced-bracket")
        return tree

    def _peek(self) -> Lexeme | None:
        return self.lexemes[self.position] if self.position < len(self.lexemes) else None

    def _accept(self, *sorts: Sort) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.sort not in sorts:
            return None
        self.position += 1
        return lexeme

    def _any_of(self, scope: str) -> Query:
        parts = [self._all_of(scope)]
        while operator := self._accept(Sort.OR):
            self._need_operand(operator)
            parts.append(self._all_of(scope))
        return parts[0] if len(parts) == 1 else Or(parts)

    def _all_of(self, scope: str) -> Query:
        parts: list[Query] = []
        explicit = False
        while True:
            if operator := self._accept(Sort.AND):
                explicit = True
                if not parts:
                    raise self._without(operator, "dangling-operator")
                self._need_operand(operator)
            lexeme = self._peek()
            if lexeme is None or lexeme.sort in (Sort.CLOSE, Sort.OR):
                break
            if run := self._run():
                parts += self._words(run, scope)
            else:
                parts.append(self._item(scope))
        if not parts:
            raise self._without(self.lexemes[max(self.position - 1, 0)], "dangling-operator")
        return self._join(parts, explicit)

    def _join(self, parts: list[Query], explicit: bool) -> Query:
        wanted = [part for part in parts if not isinstance(part, Not)]
        barred = [part for part in parts if isinstance(part, Not)]
        self.joined = max(self.joined, len(wanted))
        if len(parts) == 1 and wanted:
            return parts[0]
        if not wanted:
            return And([Every(), *barred])
        if self.any_of and not explicit and len(wanted) > 1:
            return And([Or(wanted), *barred]) if barred else Or(wanted)
        return And(parts) if len(parts) > 1 else parts[0]

    def _item(self, scope: str) -> Query:
        if operator := self._accept(Sort.NOT):
            self._need_operand(operator)
            return self._not(lambda: self._together(scope))
        return self._together(scope)

    def _not(self, operand: Callable[[], Query]) -> Query:
        before, self.barred = self.barred, True
        query = Not(operand())
        self.barred = before
        return query

    def _together(self, scope: str) -> Query:
        left = self._atom(scope)
        while operator := self._accept(Sort.SENTENCE, Sort.PARAGRAPH):
            self._need_operand(operator)
            right = self._atom(scope)
            left = Together("sentence" if operator.sort is Sort.SENTENCE else "paragraph", left, right)
        return left

    def _atom(self, scope: str) -> Query:
        lexeme = self._peek()
        if lexeme is None:
            raise self._without(self.lexemes[-1], "dangling-operator")
        self.position += 1
        match lexeme.sort:
            case Sort.OPEN:
                return self._group(lexeme, scope)
            case Sort.FIELD:
                return self._fielded(lexeme)
            case Sort.QUOTED:
                return self._quoted(lexeme, scope)
            case Sort.NUMBER:
                return self._number(lexeme)
            case Sort.WORD:
                return self._word(lexeme, scope)
            case _:
                raise self._without(lexeme, "dangling-operator")

    def _group(self, opening: Lexeme, scope: str) -> Query:
        if closing := self._accept(Sort.CLOSE):
            raise self._cut(opening.start, closing.end, "empty-brackets")
        if self._peek() is None:
            raise self._without(opening, "unbalanced-bracket")
        tree = self._any_of(scope)
        if not self._accept(Sort.CLOSE):
            raise _Unreadable("unbalanced-bracket", "(", f"{self.text.rstrip()})")
        return tree

    def _fielded(self, lexeme: Lexeme) -> Query:
        if not lexeme.key:
            repaired = f"{self.text[: lexeme.start]}{lexeme.text} {self.text[lexeme.end :]}"
            raise _Unreadable("unknown-field", lexeme.text, repaired)
        self._need_operand(lexeme)
        if lexeme.key in EXACT_FIELDS or lexeme.key == DATE_FIELD:
            value = self.lexemes[self.position]
            self.position += 1
            self._need_closed(value)
            if lexeme.key == DATE_FIELD:
                return self._date(lexeme, value)
            return self._exact_value(lexeme, value)
        if self._accept(Sort.NOT):
            return self._not(lambda: self._atom(lexeme.key))
        operand = self._peek()
        if operand and operand.sort is Sort.WORD:
            self.position += 1
            return self._all(self._plain(operand, lexeme.key))
        return self._atom(lexeme.key)

    def _exact_value(self, named: Lexeme, value: Lexeme) -> Query:
        if named.key == "statute":
            return Term("statute", self._statute(named, value))
        key = value.key or romanised_number(value.text)
        if not key:
            try:
                key = parse_case_number(value.text).key
            except BadCaseNumber:
                raise self._cut(named.start, value.end, "bad-number", value.text, value.text) from None
        return Term(named.key, key)

    def _statute(self, named: Lexeme, value: Lexeme) -> str:
        """The statute that a value names; a name of several words needs no quotation marks: the longest counts."""
        last = self.position
        while value.sort is Sort.WORD and last < len(self.lexemes) and last - self.position < _MAX_NAME:
            if self.lexemes[last].sort is not Sort.WORD:
                break
            last += 1
        for end in range(last, self.position, -1):
            key = whole_statute_key(self.text[value.start : self.lexemes[end - 1].end])
            if key is not None:
                self.position = end
                return key
        key = statute_key(value.text)
        if key is None:
            raise self._cut(named.start, value.end, "unknown-statute", value.text, value.text)
        return key

    def _date(self, named: Lexeme, value: Lexeme) -> Query:
        match = _DATE_RANGE.fullmatch(value.text)
        try:
            if match is None or not (match[1] or match[3]):
                raise BadDate(value.text)
            first = parse_partial_date(match[1]).first if match[1] else datetime.date.min
            last = parse_partial_date(match[3] or match[1]).last if match[3] or not match[2] else datetime.date.max
        except BadDate:
            years = re.findall(r"\d{4}", value.text)
            instead = f"{named.text}:{'..'.join(years[:2])}" if years else ""
            raise self._cut(named.start, value.end, "bad-date", value.text, instead) from None
        if first > last:
            instead = f"{named.text}:{match[3]}..{match[1]}"
            raise self._cut(named.start, value.end, "bad-date", value.text, instead)
        return DateWithin(int(first.strftime("%Y%m%d")), int(last.strftime("%Y%m%d")))

    def _quoted(self, lexeme: Lexeme, scope: str) -> Query:
        self._need_closed(lexeme)
        folded = fold(lexeme.text).strip()
        if not query_words(folded):
            raise self._cut(lexeme.start, lexeme.end, "empty-quote", lexeme.text)
        if lexeme.slop is not None:
            words = [word for piece in lexeme.text.split() for word in query_words(piece)]
            return Near(scope, tuple(words[:MAX_CLAUSES]), lexeme.slop)
        words = [Term(scope, word, boost=0.3) for word in query_words(lexeme.text)[:MAX_CLAUSES]]
        return AndMaybe(Exact(scope, folded), Or(words))

    def _number(self, lexeme: Lexeme) -> Query:
        return Or(
            [
                Term("number", lexeme.key, boost=_NUMBER_BOOST),
                Term("cites", lexeme.key, boost=_CITES_BOOST),
                Exact(TEXT, fold(lexeme.text).strip(), boost=_MENTION_BOOST),
            ]
        )

    def _word(self, lexeme: Lexeme, scope: str) -> Query:
        return self._all(self._words([lexeme], scope))

    def _all(self, parts: list[Query]) -> Query:
        return parts[0] if len(parts) == 1 else And(parts)

    def _run(self) -> list[Lexeme]:
        """Plain words side by side, which may make a term of the glossary together."""
        run: list[Lexeme] = []
        while (lexeme := self._peek()) and lexeme.sort is Sort.WORD:
            after = self.lexemes[self.position + 1] if self.position + 1 < len(self.lexemes) else None
            if after and after.sort in (Sort.SENTENCE, Sort.PARAGRAPH):
                break
            run.append(lexeme)
            self.position += 1
        return run

    def _words(self, run: list[Lexeme], scope: str) -> list[Query]:
        plain: list[Lexeme] = []
        parts: list[Query] = []
        for lexeme in run:
            if re.search(r"[*?]", lexeme.text.rstrip("?")):
                parts.append(self._pattern(lexeme, scope))
            else:
                plain.append(lexeme)
        if not plain:
            return parts
        words = [word for lexeme in plain for word in query_words(lexeme.text)]
        folded = [word for word in words if word and word not in STOP_WORDS] or [word for word in words if word]
        self.clauses += len(folded)
        if self.clauses > MAX_CLAUSES:
            raise _too_many(self.clauses)
        if not folded and not parts:
            raise self._cut(run[0].start, run[-1].end, "nothing-to-find", self.text[run[0].start : run[-1].end])
        parts += self._expanded(folded, scope)
        whole = [Exact(scope, fold(x.text), boost=_WHOLE_BOOST) for x in plain if len(query_words(x.text)) > 1]
        if whole:
            parts[-1] = AndMaybe(parts[-1], Or(whole))
        return parts

    def _plain(self, lexeme: Lexeme, scope: str) -> list[Query]:
        return self._words([lexeme], scope)

    def _expanded(self, words: list[str], scope: str) -> list[Query]:
        parts: list[Query] = []
        position = 0
        while position < len(words):
            length, forms = match_at(words, position) if self.expand else (0, ())
            here = words[position : position + (length or 1)]
            clause: Query = self._all([self._term(word, scope) for word in here])
            others = [form for form in forms if query_words(form) != here]
            if others:
                clause = Or([clause, *(wording(scope, form) for form in others)])
                self.expansions.append(Expansion(as_shown(forms, here), tuple(others)))
            parts.append(clause)
            position += length or 1
        return parts

    def _term(self, word: str, scope: str) -> Query:
        whole, made = Term(scope, word), None if self.barred else compound(word)
        if made is None:
            return whole
        if made not in self.compounds:
            self.compounds.append(made)
        if not self.parted:
            return whole
        return Or([whole, in_one_sentence(made, scope)])

    def _pattern(self, lexeme: Lexeme, scope: str) -> Query:
        text = fold(lexeme.text)
        stem = re.split(r"[*?]", text)[0]
        if not stem:
            raise self._cut(lexeme.start, lexeme.end, "leading-wildcard", lexeme.text, re.sub(r"[*?]+", " ", text))
        if len(stem) < _MIN_PREFIX[re.search(f"[{HAN}]", stem) is not None]:
            raise self._cut(lexeme.start, lexeme.end, "short-wildcard", lexeme.text, re.sub(r"[*?]+", " ", text))
        if re.fullmatch(r"[^*?]+\*", text):
            return Exact(scope, stem) if is_han(stem) else Prefix(scope, stem)
        return Wildcard(scope, text)

    def _need_closed(self, lexeme: Lexeme) -> None:
        if lexeme.closer and lexeme.text:
            raise _Unreadable("unbalanced-quote", lexeme.text[:40], self.text.rstrip() + lexeme.closer)
        if lexeme.closer:
            raise self._cut(lexeme.start, lexeme.end, "empty-quote")

    def _need_operand(self, operator: Lexeme) -> None:
        lexeme = self._peek()
        if lexeme is None or lexeme.sort in (
            Sort.CLOSE, Sort.OR, Sort.AND, Sort.SENTENCE, Sort.PARAGRAPH,
        ):  # fmt: skip
            raise self._without(operator, "dangling-operator")

    def _without(self, lexeme: Lexeme, code: str) -> _Unreadable:
        return self._cut(lexeme.start, lexeme.end, code, lexeme.text)

    def _cut(self, start: int, end: int, code: str, value: str = "", instead: str = "") -> _Unreadable:
        repaired = re.sub(r"\s+", " ", f"{self.text[:start]} {instead} {self.text[end:]}").strip()
        return _Unreadable(code, value, repaired)


def _too_many(clauses: int) -> QueryTooLong:
    return QueryTooLong(
        "The query has %(length)d clauses; the limit is %(limit)d.",
        {"limit": MAX_CLAUSES},
        length=clauses,
        limit=MAX_CLAUSES,
    )
