"""The colours of the style sheet: contrast as WCAG 2.2 computes it, in both themes."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent.parent / "app" / "static" / "css"
THEMES = ("light", "dark")
READING = [(text, ground) for text in ("ink", "link") for ground in ("paper", "leaf", "tint")] + [("ink", "mark")]
"""Text that is read: 7:1 (AAA)."""
OTHER = [(text, ground) for text in ("quiet", "seal") for ground in ("paper", "leaf", "tint")] + [("on-seal", "seal")]
"""All other text: 4.5:1 (AA)."""
SHAPES = [("edge", "paper"), ("edge", "leaf"), ("seal", "paper"), ("seal", "mark")]
"""What one must see to use a control: 3:1."""


def tokens(theme: str) -> dict[str, str]:
    """The colour tokens of a theme by name."""
    return _colours(":root {" if theme == "light" else ':root[data-theme="dark"] { --')


def _colours(selector: str) -> dict[str, str]:
    rule = (CSS / "1-base.css").read_text("utf-8").partition(selector)[2].split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", "--" + rule))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_give_every_colour() -> None:
    assert tokens("light").keys() == tokens("dark").keys() >= {"paper", "ink", "seal"}


def test_the_dark_theme_is_the_same_for_who_chose_it_and_for_whom_the_system_did() -> None:
    assert _colours(':root:not([data-theme="light"]) { --') == tokens("dark")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("colour", "ground", "least"),
    [*((*pair, 7.0) for pair in READING), *((*pair, 4.5) for pair in OTHER), *((*pair, 3.0) for pair in SHAPES)],
)
def test_colours_can_be_told_from_their_ground(theme: str, colour: str, ground: str, least: float) -> None:
    held = tokens(theme)
    assert contrast(held[colour], held[ground]) >= least


def test_every_colour_is_a_token() -> None:
    for path in CSS.glob("*.css"):
        if path.name not in ("1-base.css", "9-print.css"):
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8")) == [], path.name


def test_every_token_used_is_defined() -> None:
    sheet = "".join(path.read_text("utf-8") for path in CSS.glob("*.css"))
    defined = set(re.findall(r"(--[\w-]+):", sheet))
    assert set(re.findall(r"var\((--[\w-]+)", sheet)) - defined == set()


def test_type_has_seven_sizes_and_every_sheet_for_the_screen_keeps_to_them() -> None:
    screen = {path.name: path.read_text("utf-8") for path in CSS.glob("[1-5]-*.css")}
    assert len(set(re.findall(r"--t(?:-\w+)?(?=: )", screen["1-base.css"]))) == 7
    given = [(name, size) for name, text in screen.items() for size in re.findall(r"font(?:-size)?: ([^;}]*)", text)]
    assert len(given) > 50
    assert [each for each in given if not re.search(r"var\(--t(-\w+)?\)|inherit", each[1])] == []
