"""A name or a sentence in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """A bilingual pair; a side that no source gives is None and is never made up."""

    zh: str | None = None
    en: str | None = None

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def best(self, language: str) -> str:
        """The name in ``language`` (``zh…`` or ``en``), else in the other one, else ``""``."""
        first, second = (self.zh, self.en) if language.startswith("zh") else (self.en, self.zh)
        return first or second or ""

    def language(self, language: str) -> str:
        """Which language `best` answers in: ``zh-Hans`` or ``en``."""
        chosen = self.best(language)
        return "zh-Hans" if chosen and chosen == self.zh else "en"
