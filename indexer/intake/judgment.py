"""A judgment's text into its parts and its metadata, in one step."""

from indexer.intake.metadata import read_metadata
from indexer.intake.model import Judgment, RawJudgment
from indexer.intake.parts import cut


def read_judgment(raw: RawJudgment) -> Judgment:
    """The judgment, cut into parts and with what its text says of it."""
    parts = cut(raw)
    return Judgment(raw, parts, read_metadata(raw, parts))
