"""Scores are Whoosh's own: its searcher on the same index, term by term, gives the same BM25."""

import pytest
from whoosh.index import open_dir
from whoosh.query import Term
from whoosh.scoring import BM25F

from app.search.whoosh_searcher import WhooshSearcher
from app.stores import Snapshot

WORDS = [
    ("facts", "专利"),
    ("holdings", "不正当竞争"),
    ("title", "案"),
    ("headnote", "patent"),
    ("reasoning", "nowhere"),
    ("first-instance", "法院"),
    ("party", "公司"),
]


@pytest.mark.parametrize(("zone", "word"), WORDS)
def test_a_word_scores_as_whoosh_scores_it(zone: str, word: str, snapshot: Snapshot) -> None:
    assert isinstance(snapshot.searcher, WhooshSearcher)
    docs, scores = snapshot.searcher.scored(zone, word)
    with open_dir(snapshot.build.index.as_posix(), readonly=True).searcher(weighting=BM25F()) as searcher:
        found = searcher.search(Term(zone.replace("-", "_"), word), limit=None)
        expected = {hit.docnum: hit.score for hit in found}
    assert dict(zip(docs.tolist(), scores.tolist(), strict=True)) == pytest.approx(expected, rel=1e-5)
