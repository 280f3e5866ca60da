"""Pages drawn by Jinja2: one place where a page, a template and a language meet."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.i18n import LOCALES, Locale
from app.labels import value_label
from app.urls import Urls
from app.views import Link

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "templates", _HERE.parent / "templates")
"""Where templates lie: in an installed wheel, and in a checkout."""
LANGUAGE_NAMES: Mapping[str, str] = {"zh-Hans": "中文", "en": "English"}
FRAME_NAMES = frozenset({"_", "locale", "label", "urls", "languages", "path", "theme"})
"""What every template may use beside the fields of its page."""


class Templates:
    """Draws a page with the template of its name.

    There is an environment for each language, which knows what its messages, labels and dates are. So a template can
    import macros without its context: those are made once, and not once a page, each page with macros of its own
    that hold it and are held by it until the next search for garbage.
    """

    def __init__(self) -> None:
        self._environments = {code: _environment(Locale(code)) for code in LOCALES}

    @property
    def environment(self) -> Environment:
        return self._environments[LOCALES[0]]

    def draw(
        self, template: str, page: object, locale: Locale, path: str, params: list[tuple[str, str]], theme: str = ""
    ) -> str:
        """The HTML of ``page``; ``path`` and ``params`` are the request's, for the links that change the language."""
        fields = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}  # type: ignore[arg-type]
        return (
            self._environments[locale.code]
            .get_template(template)
            .render(**fields, languages=_languages(path, params, locale), path=path, theme=theme)
        )


def _environment(locale: Locale) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in _FOLDERS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=locale.gettext,
        locale=locale,
        label=lambda facet, value: value_label(facet, value, locale),
        urls=Urls(),
    )
    return environment


def _languages(path: str, params: list[tuple[str, str]], locale: Locale) -> list[Link]:
    others = [(name, value) for name, value in params if name != "lang"]
    return [
        Link(LANGUAGE_NAMES[code], f"{path}?{urlencode([*others, ('lang', code)])}", code == locale.code)
        for code in LOCALES
    ]
