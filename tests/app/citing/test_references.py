"""BibTeX, RIS and CSL-JSON: each can be read back, and says no more than is known."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.citing.parts import Cited
from app.citing.references import bibtex, csl_json, ris
from app.stores import Snapshot
from indexer.domain.names import Names
from indexer.domain.ruling import Ruling
from tests.app.citing.conftest import MANGA, ORDER, UNDATED

URL = "https://panli.example/rulings/x#p2"


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Kind, key and fields of one entry; braces must balance outside escapes."""
    match = re.fullmatch(r"@(\w+)\{([^,\s]+),\n((?:  \w+ = \{.*\},\n)*)\}\n", text)
    assert match is not None, text
    bare = re.sub(r"\\[{}]", "", text)
    depth = 0
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    return match[1], match[2], dict(re.findall(r"^  (\w+) = \{(.*)\},$", match[3], re.M))


def read_ris(text: str) -> dict[str, str]:
    """The fields of one record; each line is a tag, two spaces, a hyphen, a space, a value."""
    lines = text.split("\r\n")
    assert lines[0] == "TY  - CASE" and lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    tags = [line[:2] for line in lines[:-1]]
    assert len(tags) == len(set(tags))
    return {line[:2]: line[6:] for line in lines[:-1]}


def read_csl(text: str) -> dict[str, object]:
    """The one item; only variables that CSL knows."""
    (item,) = json.loads(text)
    assert item.keys() <= {
        "id", "type", "title", "authority", "number", "genre", "jurisdiction", "language", "URL", "issued", "note",
    }  # fmt: skip
    return dict(item)


def test_a_ruling_of_a_known_day(snapshot: Snapshot) -> None:
    cited = Cited(snapshot.catalogue.ruling(MANGA), URL, "p2")
    kind, key, fields = read_bibtex(bibtex(cited))
    assert (kind, key) == ("misc", MANGA)
    assert fields["title"] == "{“变身漫画特效”AI模型结构和参数不正当竞争案}"
    assert fields["author"] == "{北京知识产权法院}"
    assert (fields["year"], fields["month"], fields["day"]) == ("2025", "3", "31")
    assert (fields["number"], fields["howpublished"]) == ("（2023）京73民终3802号", "民事判决书")
    record = read_ris(ris(cited))
    assert (record["DA"], record["PY"], record["SV"]) == ("2025/03/31/", "2025", "（2023）京73民终3802号")
    assert (record["PB"], record["UR"]) == ("北京知识产权法院", URL)
    item = read_csl(csl_json(cited))
    assert (item["type"], item["issued"]) == ("legal_case", {"date-parts": [[2025, 3, 31]]})
    assert (item["authority"], item["genre"], item["URL"]) == ("北京知识产权法院", "民事判决书", URL)


def test_a_date_is_as_precise_as_it_is_known_and_never_the_year_of_filing(snapshot: Snapshot) -> None:
    year_only = Cited(snapshot.catalogue.ruling(ORDER), URL)
    assert "month" not in read_bibtex(bibtex(year_only))[2]
    assert read_ris(ris(year_only))["DA"] == "2020///"
    assert read_csl(csl_json(year_only))["issued"] == {"date-parts": [[2020]]}
    undated = Cited(snapshot.catalogue.ruling(UNDATED), URL)
    assert read_bibtex(bibtex(undated))[2].keys() & {"year", "month", "day"} == set()
    assert read_ris(ris(undated)).keys() & {"PY", "DA"} == set()
    assert "issued" not in read_csl(csl_json(undated))


@pytest.mark.parametrize(("write", "field"), [(bibtex, "note"), (ris, "N1"), (csl_json, "note")])
def test_a_digest_says_so_and_a_full_text_does_not(
    write: Callable[[Cited], str], field: str, snapshot: Snapshot, in_full: Ruling
) -> None:
    assert field in write(Cited(snapshot.catalogue.ruling(MANGA), URL))
    assert "digest written for this collection" in write(Cited(snapshot.catalogue.ruling(MANGA), URL))
    assert "digest" not in write(Cited(in_full, URL))
    assert "¶ 2" in write(Cited(in_full, URL, "p2"))


def test_every_ruling_of_the_corpus_can_be_read_back(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids():
        cited = Cited(snapshot.catalogue.ruling(id), URL)
        assert read_bibtex(bibtex(cited))[1] == id
        assert read_ris(ris(cited))["ID"] == id
        assert read_csl(csl_json(cited))["id"] == id


def test_what_is_special_in_bibtex_is_escaped(in_full: Ruling) -> None:
    odd = replace(in_full, title=Names(r"50% & {甲} $ # _ ~ ^ \案"))
    title = read_bibtex(bibtex(Cited(odd, URL)))[2]["title"]
    assert title == r"{50\% \& \{甲\} \$ \# \_ \textasciitilde{} \textasciicircum{} \textbackslash{}案}"


def test_a_line_break_can_not_begin_a_field_of_its_own(in_full: Ruling) -> None:
    odd = replace(in_full, title=Names("甲\r\nER  - \r\nTY  - CASE"))
    assert read_ris(ris(Cited(odd, URL)))["TI"] == "甲 ER - TY - CASE"
