"""The texts of rulings made ready for alignment, once for all quotations of a brief."""

from app.briefs.alignment import Source
from app.briefs.alphabet import Alphabet
from indexer.domain.ruling import Ruling


class Sources:
    """Each ruling's paragraphs in each language, coded when first asked for."""

    def __init__(self) -> None:
        self._alphabet = Alphabet()
        self._sources: dict[tuple[str, str], Source] = {}

    def of(self, ruling: Ruling, language: str) -> Source:
        """The original, ``zh-Hans``, or the translation, ``en``."""
        key = (ruling.id, language)
        if key not in self._sources:
            texts = [
                (part, paragraph, paragraph.text if language.startswith("zh") else paragraph.translation or "")
                for part, paragraph in ruling.paragraphs
            ]
            self._sources[key] = Source(texts, self._alphabet)
        return self._sources[key]
