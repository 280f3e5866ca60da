"""The text of a ruling: parts and numbered paragraphs, what a query looks for marked, what is cited linked."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from app.catalogue import Catalogue
from app.i18n import Locale
from app.labels import paragraph_label, part_label
from app.ruling_views import ParagraphView, PartView
from app.search.snippets import Run as Marked
from app.urls import Urls
from app.views import Run
from indexer.citator import CitationRun, cut, find_citations, resolve
from indexer.domain.citation import CitationKind
from indexer.domain.ruling import Ruling

Marker = Callable[[str], tuple[Marked, ...]]


def parts(
    ruling: Ruling, catalogue: Catalogue, locale: Locale, urls: Urls, mark: Marker, view: str
) -> tuple[PartView, ...]:
    """The parts of a ruling as ``view`` wants them: original, translation or both."""

    resolved = cache(catalogue.resolve)  # a judgment cites the same few statutes again and again

    def paragraph_view(id: str, text: str, translation: str | None) -> ParagraphView:
        original = _runs(text, mark, resolved, urls, ruling.id) if view != "translation" or not translation else ()
        other = _runs(translation, mark, resolved, urls, ruling.id) if translation and view != "original" else None
        return ParagraphView(id, paragraph_label(id), original, other)

    return tuple(
        PartView(
            section.part.value,
            part_label(section.part, locale),
            tuple(paragraph_view(p.id, p.text, p.translation) for p in section.paragraphs),
        )
        for section in ruling.sections
    )


def marks(parts: Sequence[PartView]) -> int:
    """How many places are marked."""
    return sum(
        run.marked
        for part in parts
        for paragraph in part.paragraphs
        for run in (*paragraph.runs, *(paragraph.translation or ()))
    )


def _runs(text: str, mark: Marker, resolved: Callable[[str], Sequence[str]], urls: Urls, own: str) -> tuple[Run, ...]:
    """The text with matched words marked and citations linked."""
    linked: list[tuple[int, int, str]] = []
    position = 0
    for run in cut(text, resolve(find_citations(text), resolved)):
        end = position + len(run.text)
        if isinstance(run, CitationRun) and (url := _citation_url(run, urls, own)):
            linked.append((position, end, url))
        position = end
    marked: list[tuple[int, int]] = []
    position = 0
    for piece in mark(text):
        if piece.marked:
            marked.append((position, position + len(piece.text)))
        position += len(piece.text)
    return _overlaid(text, linked, marked)


def _overlaid(text: str, linked: Sequence[tuple[int, int, str]], marked: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    edges = sorted(
        {0, len(text), *(p for start, end, _ in linked for p in (start, end)), *(p for m in marked for p in m)}
    )
    runs = []
    for start, end in pairwise(edges):
        url = next((url for left, right, url in linked if left <= start and end <= right), None)
        runs.append(Run(text[start:end], any(left <= start and end <= right for left, right in marked), url))
    return tuple(runs)


def _citation_url(run: CitationRun, urls: Urls, own: str) -> str | None:
    citation, rulings = run.resolution.citation, run.resolution.rulings
    if citation.kind is CitationKind.PROVISION:
        statute, _, article = citation.key.partition(":")
        return urls.statute(statute, article or None)
    if len(rulings) == 1 and rulings[0] != own:
        return urls.ruling(rulings[0])
    return urls.cite(citation.text) if len(rulings) > 1 else None
