"""A running service takes up new builds while it is being asked, and no request fails."""

import datetime
import threading
from pathlib import Path

import httpx
import pytest

from indexer.build import build
from tests.builders import a_corpus
from tests.conftest import NOW
from tests.server import serving

pytestmark = pytest.mark.server
_BUILDS = 6
_ASKERS = 4


def test_no_request_fails_while_builds_are_published(tmp_path: Path) -> None:
    corpus, store = a_corpus(tmp_path / "corpus", 20), tmp_path / "store"
    names = [build(corpus, store, NOW)[0].manifest.build]
    failures: list[str] = []
    seen: set[str] = set()
    done = threading.Event()

    with serving(store) as client:

        def ask() -> None:
            with httpx.Client(base_url=client.base_url, trust_env=False) as asker:
                while not done.is_set():
                    for address in ("/search?q=虚构", "/api/v1/search?q=Fictitious", "/readyz", "/about"):
                        answer = asker.get(address)
                        if answer.status_code != 200:
                            failures.append(f"{address}: {answer.status_code} {answer.text[:200]}")
                        if address == "/readyz":
                            seen.add(answer.json()["build"])

        askers = [threading.Thread(target=ask) for _ in range(_ASKERS)]
        for asker in askers:
            asker.start()
        for minute in range(1, _BUILDS + 1):
            names.append(build(corpus, store, NOW + datetime.timedelta(minutes=minute))[0].manifest.build)
            done.wait(1.0)
        done.set()
        for asker in askers:
            asker.join()
        assert client.get("/readyz").json()["build"] == names[-1]
    assert failures == []
    assert len(seen) > _BUILDS // 2
