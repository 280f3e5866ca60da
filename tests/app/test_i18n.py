"""The interface speaks Chinese in full: nothing untranslated, nothing left over, no placeholder lost."""

import re
from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from app.i18n import CATALOGUE, Locale, choose
from indexer.domain.dates import PartialDate

ROOT = Path(__file__).parent.parent.parent
MARKS = ("N_", "_", "gettext")
ERRORS = ("AppError", "BadRequest", "NotHeld", "QueryTooLong", "QueryUnreadable", "StoreUnavailable", "Withdrawn")
"""`app.errors`: the first argument of each is a message that the error page translates."""
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]")


def extracted() -> set[str]:
    """Every message of the code and the templates."""
    mapping = RawConfigParser()
    mapping.read_string((ROOT / ".babel.cfg").read_text("utf-8"))
    methods: list[tuple[str, str]] = []
    options: dict[str, dict[str, str]] = {}
    for section in mapping.sections():
        method, _, pattern = section.partition(": ")
        methods.append((pattern, method))
        options[pattern] = dict(mapping.items(section))
    keywords = {**DEFAULT_KEYWORDS, **dict.fromkeys((*MARKS, *ERRORS))}
    found = extract_from_dir(ROOT, methods, options, keywords)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def translations() -> Mapping[str, str]:
    """What the catalogue holds, doubtful entries as empty."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans", abort_invalid=True)
    return {str(entry.id): "" if entry.fuzzy else str(entry.string) for entry in catalogue if entry.id}


def test_extraction_sees_code_templates_and_errors() -> None:
    seen = extracted()
    assert "Adjudication gist" in seen  # N_, in app/labels.py
    assert "Side by side" in seen
    assert "Skip to the content" in seen  # _, in templates/base.html
    assert "This collection holds no ruling with the address %(id)s." in seen  # NotHeld, in app/catalogue.py


def test_every_message_is_translated() -> None:
    held = translations()
    assert sorted(message for message in extracted() if not held.get(message, "").strip()) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(translations().keys() - extracted()) == []


def test_placeholders_agree() -> None:
    differing = {
        message: translation
        for message, translation in translations().items()
        if sorted(PLACEHOLDER.findall(message)) != sorted(PLACEHOLDER.findall(translation))
    }
    assert differing == {}


def test_no_stray_percent_sign_breaks_a_translation() -> None:
    stray = {
        translation
        for message, translation in translations().items()
        if PLACEHOLDER.search(message) and "%" in PLACEHOLDER.sub("", translation).replace("%%", "")
    }
    assert stray == set()


def test_messages_are_filled_in_both_languages() -> None:
    assert Locale("en").gettext("%(total)d rulings", total=3) == "3 rulings"
    assert "3" in Locale("zh-Hans").gettext("%(total)d rulings", total=3)
    assert Locale("zh-Hans").gettext("not stated") == "未载明"


def test_an_unknown_message_is_shown_as_it_is() -> None:
    assert Locale("zh-Hans").gettext("No such message, %(name)s.", name="甲") == "No such message, 甲."


@pytest.mark.parametrize(
    ("asked", "cookie", "accept", "code"),
    [
        (None, None, None, "zh-Hans"),  # nobody says anything
        ("", "", "", "zh-Hans"),
        ("en", None, None, "en"),
        ("zh-Hans", None, None, "zh-Hans"),
        ("zh", "en", "en", "zh-Hans"),  # what was asked wins
        ("en", "zh-Hans", "zh-CN", "en"),
        ("EN-gb", None, None, "en"),  # case and region do not matter
        ("ZH-TW", None, None, "zh-Hans"),
        ("fr", "en", "zh", "en"),  # a language not spoken here is passed over
        (None, "en", "zh-CN", "en"),  # then the cookie
        (None, "zh-Hans", "en", "zh-Hans"),
        (None, "garbage", "en", "en"),
        (None, None, "en-GB,en;q=0.9", "en"),  # then the browser
        (None, None, "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        (None, None, "zh;q=0.3,en;q=0.7", "en"),  # by weight, not by place
        (None, None, "zh;q=0.5,en;q=0.5", "zh-Hans"),  # of equals the first
        (None, None, "fr-FR,fr;q=0.9,en;q=0.1", "en"),
        (None, None, "de,fr;q=0.5", "zh-Hans"),
        (None, None, "*", "zh-Hans"),
        (None, None, "zh;q=high,en;q=0.1", "en"),  # a weight that is no number drops its item
        (None, None, ",;q=,;;", "zh-Hans"),
    ],
)
def test_language_is_chosen(asked: str | None, cookie: str | None, accept: str | None, code: str) -> None:
    assert choose(asked, cookie, accept).code == code


@pytest.mark.parametrize(
    ("date", "chinese", "english"),
    [
        (PartialDate(2025, 3, 31), "2025年3月31日", "31 Mar 2025"),
        (PartialDate(2025, 12, 1), "2025年12月1日", "1 Dec 2025"),
        (PartialDate(2025, 3), "2025年3月", "Mar 2025"),
        (PartialDate(2025), "2025年", "2025"),
        (None, "未载明", "not stated"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(date: PartialDate | None, chinese: str, english: str) -> None:
    assert Locale("zh-Hans").date(date) == chinese
    assert Locale("en").date(date) == english


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [("2026-04-21", "2026年4月21日", "21 Apr 2026"), ("2025-09", "2025年9月", "Sep 2025"), ("", "", "")],
)
def test_a_date_in_digits_is_written_out(text: str, chinese: str, english: str) -> None:
    assert (Locale("zh-Hans").day(text), Locale("en").day(text)) == (chinese, english)


def test_a_moment_is_told_by_the_clock_of_beijing() -> None:
    assert Locale("zh-Hans").moment("2026-11-30T20:04:10+00:00") == "2026年12月1日04:04"
    assert Locale("en").moment("2026-11-30T20:04:10+00:00") == "1 Dec 2026, 04:04"
