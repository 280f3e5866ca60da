"""How fast citations are found: a million characters of judgments. `python -m tests.bench.bench_find`

The floor is two seconds. The text is LeCaRD's (`PANLI_TEST_DATA`, by default ../shared/data); without it, the
rulings of the repository's own corpus, repeated. Not collected by pytest.
"""

import json
import lzma
import os
import time
from pathlib import Path

from indexer.citator import find_citations

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("PANLI_TEST_DATA", ROOT.parent / "shared" / "data"))
SIZE = 1_000_000


def a_million_characters() -> str:
    """Judgments one after another, cut at a million characters."""
    path = DATA / "lecard" / "judgments.jsonl.xz"
    texts: list[str] = []
    if path.exists():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            while sum(map(len, texts)) < SIZE:
                texts.append(json.loads(next(lines))["text"])
    else:
        files = [file.read_text("utf-8") for file in sorted((ROOT / "corpus").rglob("*.md"))]
        texts = files * (SIZE // sum(map(len, files)) + 1)
    return "\n".join(texts)[:SIZE]


def main() -> None:
    """Print the time of the best run and how many citations there are."""
    text = a_million_characters()
    count = len(find_citations(text))  # once, so that patterns and registries are read
    times = []
    for _ in range(5):
        start = time.perf_counter()
        find_citations(text)
        times.append(time.perf_counter() - start)
    print(f"{len(text):,} characters, {count:,} citations: best {min(times):.2f} s, worst {max(times):.2f} s")  # noqa: T201


if __name__ == "__main__":
    main()
