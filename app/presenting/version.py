"""Earlier texts of a ruling: what its page says of them, and the page of each."""

from collections.abc import Mapping

from app.catalogue import Catalogue
from app.errors import NotHeld
from app.i18n import Locale
from app.labels import paragraph_label
from app.pages import VersionPage
from app.presenting.ruling_text import parts
from app.search.snippets import markers
from app.urls import Urls
from app.views import Link
from indexer.domain.ruling import Ruling


def earlier_texts(ruling: Ruling, versions: Mapping[int, Ruling], locale: Locale, urls: Urls) -> tuple[Link, ...]:
    """A link to each earlier text, the newest first."""
    return tuple(
        Link(locale.gettext("Earlier text %(number)d", number=number), urls.version(ruling.id, number))
        for number in sorted(versions, reverse=True)
    )


def gone_paragraphs(ruling: Ruling, versions: Mapping[int, Ruling], urls: Urls) -> dict[str, Link]:
    """The paragraphs that only earlier texts have, by id, each with its place in the newest that has it."""
    present = {paragraph.id for _, paragraph in ruling.paragraphs}
    return {
        paragraph.id: Link(paragraph_label(paragraph.id), urls.version(ruling.id, number, paragraph.id))
        for number in sorted(versions)
        for _, paragraph in versions[number].paragraphs
        if paragraph.id not in present
    }


def version_of(id: str, number: int, catalogue: Catalogue) -> Ruling:
    """An earlier text; raises `Withdrawn` or `NotHeld`."""
    catalogue.ruling(id)
    versions = catalogue.versions(id)
    if number not in versions:
        raise NotHeld("There is no earlier text %(number)s of this ruling here.", number=number)
    return versions[number]


def version_page(
    earlier: Ruling, number: int, catalogue: Catalogue, locale: Locale, urls: Urls, absolute: Urls
) -> VersionPage:
    """The page of an earlier text; what the present text no longer has is told."""
    present = {paragraph.id for _, paragraph in catalogue.ruling(earlier.id).paragraphs}
    return VersionPage(
        number=number,
        title=locale.name(earlier.title),
        title_language=earlier.title.language(locale.code),
        case_number=earlier.number.printed or str(earlier.number),
        parts=parts(earlier, catalogue, locale, urls, markers("")[0], "original"),
        present=frozenset(present),
        present_url=urls.ruling(earlier.id),
        permalink=absolute.ruling(earlier.id),
        json_url=urls.api_version(earlier.id, number),
    )
