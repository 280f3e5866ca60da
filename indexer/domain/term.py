"""The Chinese–English glossary of IP law."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    zh: str
    en: str
    area: str
    zh_also: tuple[str, ...] = ()
    en_also: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every wording, Chinese first."""
        return (self.zh, *self.zh_also, self.en, *self.en_also)
