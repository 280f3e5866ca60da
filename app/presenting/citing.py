"""The forms of a citation as a page to copy from."""

from collections.abc import Mapping

from app.brief_views import FormView
from app.citing.forms import FORMS
from app.citing.parts import Cited
from app.citing.references import bibtex, csl_json, ris
from app.errors import NotHeld
from app.i18n import Locale
from app.labels import N_, paragraph_label
from app.pages import CiteFormsPage
from app.urls import Urls
from app.views import Link
from indexer.domain.ruling import Paragraph, Ruling

_LABELS: Mapping[str, str] = {
    "short": N_("Case number"),
    "full": N_("In full"),
    "footnote": N_("Footnote (法学引注手册)"),
    "english": N_("English"),
    "markdown": N_("Markdown link"),
    "html": N_("HTML link"),
    "address": N_("Address"),
}
_REFERENCES = {"bib": ("BibTeX", bibtex), "ris": ("RIS", ris), "json": ("CSL-JSON", csl_json)}
_FILES: Mapping[str, str] = {"md": N_("Markdown"), "txt": N_("Plain text"), "xml": N_("Akoma Ntoso (XML)")}


def cite_forms_page(ruling: Ruling, paragraph: str | None, locale: Locale, urls: Urls, absolute: Urls) -> CiteFormsPage:
    """Every form of a citation to a ruling, or to one of its paragraphs; raises `NotHeld` for one it does not have."""
    cited = cited_as(ruling, paragraph, absolute)
    return CiteFormsPage(
        ruling=ruling,
        title=locale.name(ruling.title),
        title_language=ruling.title.language(locale.code),
        numbers=tuple(number.printed or str(number) for number in ruling.numbers),
        url=urls.ruling(ruling.id, paragraph),
        paragraph=paragraph_label(paragraph) if paragraph else "",
        text=paragraph_of(ruling, paragraph).text if paragraph else "",
        forms=(
            *(_form(name, locale.gettext(_LABELS[name]), form(cited), None) for name, form in FORMS.items()),
            *(
                _form(name, label, form(cited), urls.export(ruling.id, name, paragraph))
                for name, (label, form) in _REFERENCES.items()
            ),
        ),
        files=tuple(Link(locale.gettext(label), urls.export(ruling.id, name)) for name, label in _FILES.items()),
    )


def cited_as(ruling: Ruling, paragraph: str | None, absolute: Urls) -> Cited:
    """A ruling, or one of its paragraphs, as it is to be cited; raises `NotHeld` for a paragraph it does not have."""
    if paragraph:
        paragraph_of(ruling, paragraph)
    return Cited(ruling, absolute.ruling(ruling.id, paragraph or None), paragraph or None)


def paragraph_of(ruling: Ruling, id: str) -> Paragraph:
    """One paragraph of a ruling; raises `NotHeld`."""
    for _, paragraph in ruling.paragraphs:
        if paragraph.id == id:
            return paragraph
    raise NotHeld("The ruling %(id)s has no paragraph %(paragraph)s.", id=ruling.id, paragraph=id)


def _form(name: str, label: str, text: str, url: str | None) -> FormView:
    return FormView(name, label, text, text.rstrip("\r\n").count("\n") + 1, url)
