"""A reader's working list as a file: the rulings kept, in their order, each with the reader's note."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from app.catalogue import Catalogue
from app.citing.forms import full
from app.i18n import Locale
from app.labels import N_
from app.pages import WorkingListPage
from app.presenting.citing import cited_as
from app.presenting.result_files import harmless
from app.presenting.results import COLUMNS, cells
from app.settings import MAX_RULINGS_AT_ONCE
from app.urls import Urls
from app.views import Link
from indexer.domain.ruling import Ruling, TextKind

_NOT_OF_A_LIST = ("rank", "cited_by")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_MARK = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.M)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML can't hold."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ruling on the list; None when it is not held (any more)."""

    id: str
    note: str
    ruling: Ruling | None
    undone: bool


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A format that a working list can be had in."""

    name: str
    media_type: str
    write: Callable[[Sequence[Kept], Locale, Urls], bytes]


def working_list_page(urls: Urls) -> WorkingListPage:
    """The page on which the browser shows its list."""
    formats = tuple(Link(format.name, urls.working_list(ending)) for ending, format in LIST_FORMATS.items())
    return WorkingListPage(formats, MAX_RULINGS_AT_ONCE)


def kept(ids: Sequence[str], notes: Sequence[str], catalogue: Catalogue) -> list[Kept]:
    """The rulings of a list with their notes, in order."""
    held = catalogue.rulings(ids)
    undone = catalogue.undone(held)
    return [
        Kept(id, _CONTROL.sub("", note).replace("\r\n", "\n").strip(), held.get(id), id in undone)
        for id, note in zip(ids, notes, strict=True)
    ]


def _warnings(each: Kept, locale: Locale) -> list[str]:
    """What one must know before citing it."""
    said = []
    if each.ruling and each.ruling.text is TextKind.DIGEST:
        said.append(locale.gettext("Held here as a digest: check the ruling itself before you rely on it."))
    if each.undone:
        said.append(locale.gettext("reversed later, wholly or in part"))
    return said


def _title(each: Kept, locale: Locale) -> str:
    if each.ruling is None:
        return f"{each.id} ({locale.gettext('not held here')})"
    return locale.name(each.ruling.title)


def _lines(each: Kept, locale: Locale, absolute: Urls) -> list[str]:
    """Citation, address and warnings of a ruling that is held."""
    if each.ruling is None:
        return []
    cited = cited_as(each.ruling, None, absolute)
    date = locale.date(each.ruling.decision_date)
    return [
        full(cited),
        f"{locale.gettext('Decided')}{locale.gettext(': ')}{date}",
        cited.url,
        *_warnings(each, locale),
    ]


def _csv(list_: Sequence[Kept], locale: Locale, absolute: Urls) -> bytes:
    """With a byte-order mark, without which Excel takes UTF-8 for something else."""
    columns = [column for column in COLUMNS if column[0] not in _NOT_OF_A_LIST]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*(locale.gettext(heading) for _, heading in columns), locale.gettext("Note")])
    for each in list_:
        row = (
            cells(each.ruling, each.undone, locale, absolute) if each.ruling else {"case_number": _title(each, locale)}
        )
        table.writerow([*(harmless(row.get(name, "")) for name, _ in columns), harmless(each.note)])
    return text.getvalue().encode("utf-8-sig")


def _markdown(list_: Sequence[Kept], locale: Locale, absolute: Urls) -> bytes:
    parts = [f"# {locale.gettext('Working list')}"]
    for place, each in enumerate(list_, 1):
        parts.append(f"## {place}. {_plain(_title(each, locale))}")
        parts.append(
            "\n".join(
                f"- {_plain(line) if '://' not in line else f'<{line}>'}" for line in _lines(each, locale, absolute)
            )
        )
        parts += [_plain(paragraph) for paragraph in each.note.split("\n") if paragraph.strip()]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _plain(text: str) -> str:
    """Text that Markdown does not take for marks."""
    return _LINE_MARK.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def _docx(list_: Sequence[Kept], locale: Locale, absolute: Urls) -> bytes:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    document.core_properties.title = locale.gettext("Working list")
    document.core_properties.author = ""
    document.add_heading(locale.gettext("Working list"), 0)
    for place, each in enumerate(list_, 1):
        document.add_heading(f"{place}. {_title(each, locale)}", 2)
        for line in _lines(each, locale, absolute):
            document.add_paragraph(line).paragraph_format.space_after = Pt(0)
        for paragraph in each.note.split("\n"):
            if paragraph.strip():
                document.add_paragraph().add_run(paragraph).bold = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


LIST_FORMATS: Mapping[str, ListFormat] = {
    "docx": ListFormat(N_("Word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "md": ListFormat("Markdown", "text/markdown; charset=utf-8", _markdown),
    "csv": ListFormat("CSV", "text/csv; charset=utf-8", _csv),
}
"""By the ending of the address: `/list.docx`."""
