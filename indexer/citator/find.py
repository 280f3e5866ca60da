"""Finding citations in a text: every form in its order, none overlapping another.

Each form has its module: agencies, interpretations, guiding cases and database entries are told by the patterns of
`patterns.toml`; case numbers by `bracketed` and `latin`; statutes by `provisions`; references back by
`references`. All are anchored at something rare (a year in brackets, a name of the registry), so that a text is
gone through a few times, not once for each pattern at each place.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import cast

import tomli
from ahocorasick_rs import AhoCorasick, Implementation

from indexer.citator.bracketed import bracketed, unbracketed
from indexer.citator.latin import latin
from indexer.citator.number_forms import LIKELY
from indexer.citator.provisions import ENGLISH_HINT, chinese_names, provisions
from indexer.citator.references import antecedent_of, references
from indexer.citator.spans import Taken
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.statute import chinese_number

_Finder = Callable[[str], Iterator[Citation]]
_USUAL = str.maketrans(
    "號終審執滬粵雲魯蘇瓊閩贛遼陝寧內晉條項導釋評決書﹝﹞﹙﹚〖〗－‐‑−",
    "号终审执沪粤云鲁苏琼闽赣辽陕宁内晋条项导释评决书〔〕（）【】----",
)
"""Simplified characters, usual brackets and hyphens: one character for one, so that places stay what they are."""
_UNUSUAL = re.compile(f"[{''.join(map(chr, _USUAL))}]")
_NEXT_GUIDING = re.compile(r"\s?(?:[、，,和及与]|以及)\s?第?\s?(?P<serial>\d{1,4})\s?号(?![\d楼证])")
_NEXT_LISTED = re.compile(r"\s?[、，和及与]\s?第?\s?(?P<serial>\d{1,4})(?:\s?号)?(?!\d)")
_NEXT_ENGLISH = re.compile(r"\s?(?:,\s?and|,|and|&)\s?(?P<serial>\d{1,4})(?!\d)")
_BRACKETED = re.compile(r"[〔\[（(【［]\s?(?P<year>\d{4})\s?[〕\]）)】］]\s?(?P<rest>.*)", re.DOTALL)


def find_citations(text: str, before: Citation | None = None, follows: bool = False) -> list[Citation]:
    """Every citation in ``text``, in order, none overlapping another.

    ``before`` is what was cited before it, and ``follows`` says that this was in the paragraph right above.

    >>> [citation.key for citation in find_citations("参见（2023）京73民终3802号判决及指导案例78号")]
    ['(2023)京73民终3802号', 'guiding-case:78']
    """
    return _found(text, _usual(text), (_named, _numbered), before, follows)


def find_in_passages(passages: Iterable[str]) -> list[list[Citation]]:
    """The citations of each passage; a reference back may point to one in a passage before."""
    before: Citation | None = None
    follows = False
    found = []
    for passage in passages:
        citations = find_citations(passage, before, follows)
        follows = antecedent_of(citations) is not None
        before = antecedent_of(citations, before)
        found.append(citations)
    return found


def find_each(texts: Sequence[str]) -> list[list[Citation]]:
    """The citations of each text by itself, as `find_citations` has them.

    Most paragraphs cite nothing: one pass over all of them leaves the few that may, and tells what of.
    """
    whole = "\n".join(texts)
    lower = whole.lower()
    if len(lower) != len(whole):  # a few capitals become two characters, and places would differ
        return [find_citations(text) for text in texts]
    usual = _usual(whole)
    if usual is not whole:
        whole, lower = usual, lower.translate(_USUAL)
    ends = list(accumulate(len(text) + 1 for text in texts))
    named = {bisect_right(ends, place) for _, place, _ in _names_and_hints().find_matches_as_indexes(lower)}
    numbered = {bisect_right(ends, match.start()) for match in LIKELY.finditer(whole)}
    likely = ((_named, named), (_numbered, numbered))
    found: list[list[Citation]] = [[] for _ in texts]
    for number in named | numbered:
        some = [finder for finder, numbers in likely if number in numbers]
        found[number] = _found(texts[number], whole[ends[number] - len(texts[number]) - 1 : ends[number] - 1], some)
    return found


@cache
def forms() -> Mapping[CitationKind, re.Pattern[str]]:
    """The pattern of each form that one pattern tells, in the order in which they are tried."""
    table = form_table().items()
    return {
        CitationKind(kind): re.compile(str(entry["pattern"]), re.VERBOSE) for kind, entry in table if "pattern" in entry
    }


@cache
def form_table() -> Mapping[str, Mapping[str, str | Sequence[str]]]:
    """`patterns.toml` as it stands, examples and counter-examples included."""
    text = files("indexer.citator").joinpath("patterns.toml").read_text("utf-8")
    return cast("Mapping[str, Mapping[str, str | Sequence[str]]]", tomli.loads(text))


@cache
def _hints() -> tuple[AhoCorasick, Sequence[CitationKind]]:
    """What finds the hints of all forms in one pass, and of each hint its form."""
    pairs = [(hint, kind) for kind in forms() for hint in form_table()[kind]["hints"]]
    return AhoCorasick([hint for hint, _ in pairs]), [kind for _, kind in pairs]


@cache
def _names_and_hints() -> AhoCorasick:
    """Finds what every citation but a case number holds, in text in lower case."""
    hints = [hint for kind in forms() for hint in form_table()[kind]["hints"]]
    words = {*(name.lower() for name in chinese_names()), *hints, ENGLISH_HINT}
    return AhoCorasick(sorted(words), implementation=Implementation.DFA)


def _usual(text: str) -> str:
    return text.translate(_USUAL) if _UNUSUAL.search(text) else text


def _found(
    text: str, simple: str, finders: Iterable[_Finder], before: Citation | None = None, follows: bool = False
) -> list[Citation]:
    """What the finders find, the first of them first where two would take the same words; and references back."""
    taken = Taken()
    found = [each for finder in finders for each in finder(simple) if taken.take(each.start, each.end)]
    found.sort(key=lambda citation: citation.start)
    back = [each for each in references(simple, found, before, follows) if taken.take(each.start, each.end)]
    both = sorted([*found, *back], key=lambda citation: citation.start)
    return both if simple == text else [replace(each, text=text[each.start : each.end]) for each in both]


def _named(text: str) -> Iterator[Citation]:
    """What a name or a hint tells: every citation but case numbers."""
    yield from provisions(text)  # first: 《…解释》（法释〔2020〕7号）第三条 is one citation
    automaton, hinted = _hints()
    likely = {hinted[place] for place, _, _ in automaton.find_matches_as_indexes(text.lower(), overlapping=True)}
    for kind, pattern in forms().items() if likely else ():
        if kind not in likely:
            continue
        for match in pattern.finditer(text):
            yield from _guiding(text, match) if kind is CitationKind.GUIDING_CASE else (_other(kind, match),)


def _numbered(text: str) -> Iterator[Citation]:
    """Case numbers; none in a text without what is `LIKELY`."""
    yield from bracketed(text)
    yield from latin(text)
    yield from unbracketed(text)


def _other(kind: CitationKind, match: re.Match[str]) -> Citation:
    return Citation(kind, match.start(), match.end(), match[0], _key(match[0]))


def _key(words: str) -> str:
    """One writing for each document: half width, 〔 〕 round the year, no blanks, no 第 after the bracket."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).replace("【", "[").replace("】", "]")
    romanised = re.fullmatch(r"(?i:fashi)[\[(〔](\d{4})[\])〕](?i:no\.?)?(\d+)", plain)
    if romanised:
        return f"法释〔{romanised[1]}〕{romanised[2]}号"
    match = _BRACKETED.search(plain)
    return f"{plain[: match.start()]}〔{match['year']}〕{match['rest']}" if match else plain


def _guiding(text: str, match: re.Match[str]) -> Iterator[Citation]:
    """A guiding case, and those that follow it in a list."""
    first = match["serial"] or match["listed"] or match["before"] or match["serial_en"]
    yield _guiding_case(match.start(), match.end(), match[0], first)
    following = _NEXT_ENGLISH if match["serial_en"] else _NEXT_LISTED if match["listed"] else _NEXT_GUIDING
    if match["before"] or (match["serial_en"] and "ases" not in match[0]):
        return
    end = match.end()
    while more := following.match(text, end):
        start, end = more.start("serial"), more.end()
        yield _guiding_case(start, end, text[start:end], more["serial"])


def _guiding_case(start: int, end: int, words: str, serial: str) -> Citation:
    return Citation(CitationKind.GUIDING_CASE, start, end, words, f"guiding-case:{chinese_number(serial)}")
