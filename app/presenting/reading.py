"""How a query was read, in words: what is looked for where, and how it is joined."""

from collections.abc import Mapping

from app.i18n import Locale
from app.labels import N_
from app.search.lexer import Lexeme, Sort, lex
from app.search.query_fields import ALIASES
from app.search_views import ReadingView

_OPERATORS: Mapping[Sort, str] = {
    Sort.OR: N_("either side is enough"),
    Sort.SENTENCE: N_("both sides in one sentence"),
    Sort.PARAGRAPH: N_("both sides in one paragraph"),
}
_ATOMS = (Sort.WORD, Sort.QUOTED, Sort.NUMBER)


def reading_view(text: str, any_of: bool, locale: Locale) -> ReadingView | None:
    """How ``text`` was read; ``any_of``: its words needed not all match. None for an empty query."""
    lexemes = lex(text)
    meanings: list[tuple[str, str]] = []
    words: list[str] = []
    for place, lexeme in enumerate(lexemes):
        if lexeme.sort in _OPERATORS:
            meanings.append((lexeme.text, locale.gettext(_OPERATORS[lexeme.sort])))
        if lexeme.sort in _ATOMS:
            before = _before(lexemes, place)
            printed = text[(before[0] if before else lexeme).start : lexeme.end]
            if not any(each.sort is Sort.NOT for each in before):
                words.append(printed)
            meanings.append((printed, _meaning(lexeme, before, locale)))
    if not meanings:
        return None
    plain = len(words) > 1 and not any(lexeme.sort in _OPERATORS for lexeme in lexemes)
    joined = (locale.gettext("any of them") if any_of else locale.gettext("all of them")) if plain else ""
    return ReadingView(tuple(words), joined, tuple(dict.fromkeys(meanings)))


def _before(lexemes: list[Lexeme], place: int) -> list[Lexeme]:
    """The minus and the field that belong to the word at ``place``."""
    start = place
    while start and lexemes[start - 1].sort in (Sort.FIELD, Sort.NOT):
        start -= 1
    return lexemes[start:place]


def _meaning(lexeme: Lexeme, before: list[Lexeme], locale: Locale) -> str:
    said = _kind(lexeme, locale)
    for each in reversed(before):
        if each.sort is Sort.NOT:
            said = locale.gettext("not in the ruling: %(what)s", what=said)
        else:
            said = locale.gettext("%(what)s, only in: %(field)s", what=said, field=_field_name(each.key, locale))
    return said


def _kind(lexeme: Lexeme, locale: Locale) -> str:
    match lexeme.sort:
        case Sort.NUMBER:
            return locale.gettext("the ruling of this number first, then those that name it")
        case Sort.QUOTED if lexeme.slop is not None:
            return locale.gettext("the words within %(count)d words of each other", count=lexeme.slop)
        case Sort.QUOTED:
            return locale.gettext("exactly these characters")
        case _ if "*" in lexeme.text or "?" in lexeme.text:
            return locale.gettext("words of this pattern")
        case _:
            return locale.gettext("this word in its forms")


def _field_name(name: str, locale: Locale) -> str:
    if locale.code == "zh-Hans":
        return next((chinese for chinese, field in ALIASES.items() if field == name), name)
    return name
