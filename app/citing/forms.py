"""One line to paste: each form of a citation is a function from a ruling to text, in no language of the interface."""

import html
from collections.abc import Callable, Mapping

from app.citing.parts import (
    DIGEST_EN,
    DIGEST_ZH,
    Cited,
    case_name,
    court_in_chinese,
    court_in_english,
    date_in_english,
    document,
    is_digest,
    numbers,
    numbers_in_english,
    place_in_chinese,
    place_in_english,
)


def short(cited: Cited) -> str:
    """The case number alone: ``（2023）京73民终3802号``."""
    return numbers(cited.ruling) + place_in_chinese(cited)


def full(cited: Cited) -> str:
    """Court, number and document: ``北京知识产权法院（2023）京73民终3802号民事判决书``."""
    ruling = cited.ruling
    return court_in_chinese(ruling) + numbers(ruling) + document(ruling) + place_in_chinese(cited)


def footnote(cited: Cited) -> str:
    """As 法学引注手册 has it: name of the case, court, number and document, with a full stop."""
    return f"{case_name(cited.ruling)}，{full(cited)}。"


def english(cited: Cited) -> str:
    """As English footnotes have it: name, number in Latin letters, court and date, country.

    A paragraph of the ruling stands before the court; one of a digest at the end, since it is not the court's.
    """
    ruling = cited.ruling
    place = place_in_english(cited)
    inside, after = ("", f" ({place})") if is_digest(ruling) and place else (f", {place}" if place else "", "")
    decided = " ".join(filter(None, [court_in_english(ruling), date_in_english(ruling.decision_date)]))
    name = ruling.title.best("en")
    return f"{name}, {numbers_in_english(ruling)}{inside} ({decided}) (China){after}"


def markdown_link(cited: Cited) -> str:
    """The full form as a Markdown link; a digest says so in the link's title."""
    text = _escaped(full(cited), "\\[]*_`<")
    title = ' "' + _escaped(_note(), '\\"') + '"' if is_digest(cited.ruling) else ""
    return f"[{text}]({cited.url}{title})"


def html_link(cited: Cited) -> str:
    """The full form as an HTML link; a digest says so in the link's title."""
    title = f' title="{html.escape(_note())}"' if is_digest(cited.ruling) else ""
    return f'<a href="{html.escape(cited.url)}"{title}>{html.escape(full(cited))}</a>'


def address(cited: Cited) -> str:
    """The permanent address alone."""
    return cited.url


FORMS: Mapping[str, Callable[[Cited], str]] = {
    "short": short,
    "full": full,
    "footnote": footnote,
    "english": english,
    "markdown": markdown_link,
    "html": html_link,
    "address": address,
}
"""Every one-line form by name, in the order in which they are offered."""


def _note() -> str:
    return f"{DIGEST_ZH} ({DIGEST_EN})"


def _escaped(text: str, special: str) -> str:
    return "".join(f"\\{char}" if char in special else char for char in text)
