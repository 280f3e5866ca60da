"""The JSON of the API: the same values as the pages, under the names of the contract."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from app.catalogue import Catalogue
from app.coverage import Coverage
from app.i18n import Locale
from app.labels import part_label
from app.presenting.facets import facets
from app.presenting.search import problem_message
from app.search.answer import AnsweredHit, SearchAnswer
from app.search.snippets import Snippet
from app.settings import MAX_CITATION_CHARACTERS
from app.urls import Urls
from indexer.catalogue.papers import RULING
from indexer.domain.names import Names
from indexer.domain.registry import courts, trial_teams
from indexer.domain.ruling import Ruling, Tag
from indexer.store import Manifest

Json = dict[str, object]


def search_json(answer: SearchAnswer, build: str, locale: Locale, urls: Urls) -> Json:
    """A search's answer."""
    return {
        "query": _query(answer, locale),
        "total": answer.total,
        "partial": answer.partial,
        "took_ms": round(answer.took_ms, 3),
        "hits": [_hit(hit, locale, urls) for hit in answer.hits],
        "facets": [
            {
                "name": facet.name,
                "label": facet.label,
                "values": [
                    {
                        "value": value.value,
                        "label": value.label,
                        "count": value.count,
                        "selected": value.selected,
                        "url": value.url,
                    }
                    for value in facet.values
                ],
            }
            for facet in facets(answer.query, answer.facets, locale, urls)
        ],
        "suggestion": answer.suggestion,
        "build": build,
    }


def ruling_json(ruling: Ruling, catalogue: Catalogue, urls: Urls) -> Json:
    """One ruling with everything the catalogue knows of it."""
    whole: Json = RULING.dump_python(ruling, mode="json")
    return {
        **whole,
        "case_number": str(ruling.number),
        "case_numbers": [number.printed or str(number) for number in ruling.numbers],
        "court": court_json(ruling.court),
        "url": urls.ruling(ruling.id),
        "cited_by": len(catalogue.cited_by(ruling.id)),
        "undone": bool(catalogue.undone([ruling.id])),
        "versions": [
            {"number": number, "url": urls.version(ruling.id, number)} for number in catalogue.versions(ruling.id)
        ],
        "proceedings": [
            {
                "relation": step.relation.value,
                "case_number": step.number,
                "court": step.court,
                "id": step.ruling.id if step.ruling else None,
                "is_this": step.is_this,
            }
            for step in catalogue.proceedings(ruling)
        ],
    }


def rulings_json(ids: Sequence[str], catalogue: Catalogue, urls: Urls) -> Json:
    """Several rulings in short, in the order asked, and the ids of those that are not held."""
    held = catalogue.rulings(ids)
    undone = catalogue.undone(held)
    return {
        "rulings": [{**_summary(held[id], urls), "undone": id in undone} for id in dict.fromkeys(ids) if id in held],
        "not_held": [id for id in dict.fromkeys(ids) if id not in held],
    }


def version_json(earlier: Ruling, number: int, urls: Urls) -> Json:
    """An earlier text of a ruling."""
    whole: Json = RULING.dump_python(earlier, mode="json")
    return {
        **whole,
        "court": court_json(earlier.court),
        "url": urls.version(earlier.id, number),
        "version": number,
        "superseded_by": urls.ruling(earlier.id),
    }


def citations_json(id: str, catalogue: Catalogue, urls: Urls) -> Json:
    """What a ruling cites and what cites it."""
    return {
        "id": id,
        "citing": [
            {
                "kind": authority.kind,
                "key": authority.key,
                "text": authority.text,
                "state": authority.state,
                "id": authority.cited_id,
                "url": urls.ruling(authority.cited_id) if authority.cited_id else None,
                "paragraphs": list(authority.paragraphs),
                "depth": max(1, len(authority.paragraphs)),
            }
            for authority in catalogue.authorities(id)
        ],
        "cited_by": [
            {
                "id": each.ruling.id,
                "case_number": str(each.ruling.number),
                "title": names_json(each.ruling.title),
                "depth": each.depth,
                "paragraphs": list(each.paragraphs),
                "url": urls.ruling(each.ruling.id),
            }
            for each in catalogue.cited_by(id)
        ],
    }


def resolve_json(citation: str, catalogue: Catalogue, urls: Urls) -> tuple[int, Json]:
    """What a citation names, with the status that says so: 200 one, 300 several, 404 none, 410 withdrawn."""
    status, held = _resolved(citation, catalogue)
    return status, {
        "citation": citation,
        "status": status,
        "rulings": [_summary(ruling, urls) for ruling in held],
        "nearest": [] if held else [_summary(ruling, urls) for ruling in catalogue.nearest(citation)],
    }


def resolved_json(citation: str, catalogue: Catalogue, urls: Urls) -> Json:
    """One answer of many: as `resolve_json`, without the nearest; 400 for an empty or overlong citation."""
    fit = citation.strip() and len(citation) <= MAX_CITATION_CHARACTERS
    status, held = _resolved(citation, catalogue) if fit else (400, [])
    return {
        "citation": citation[:MAX_CITATION_CHARACTERS],
        "status": status,
        "rulings": [_summary(ruling, urls) for ruling in held],
    }


def stats_json(coverage: Coverage, manifest: Manifest) -> Json:
    """What this store holds, and which build it is."""
    return {
        "rulings": coverage.rulings,
        "full": coverage.full,
        "digests": coverage.digests,
        "translated": coverage.translated,
        "first_decision": coverage.first or None,
        "last_decision": coverage.last or None,
        "by_court": dict(coverage.by_court),
        "by_field": dict(coverage.by_field),
        "by_year": dict(coverage.by_year),
        "build": manifest.build,
        "built_at": manifest.built_at,
        "counts": dict(manifest.counts),
    }


def names_json(names: Names) -> Json:
    """A bilingual pair."""
    return {"zh": names.zh, "en": names.en}


def court_json(id: str) -> Json:
    """A court by its id."""
    return {"code": id, **names_json(courts()[id].name)}


def _resolved(citation: str, catalogue: Catalogue) -> tuple[int, list[Ruling]]:
    held = list(catalogue.rulings(catalogue.resolve(citation)).values())
    status = {0: 404, 1: 200}.get(len(held), 300)
    return (410 if not held and catalogue.withdrawn(citation) else status), held


def _query(answer: SearchAnswer, locale: Locale) -> Json:
    query, parsed = answer.query, answer.parsed
    return {
        "text": query.text,
        "filters": {name: list(values) for name, values in query.filters.items()},
        "sort": query.order.value,
        "page": query.page,
        "size": query.size,
        "understood": repr(parsed.tree) if parsed.tree is not None else None,
        "problem": {
            "code": parsed.problem.code,
            "message": problem_message(parsed.problem, locale),
            "repaired": parsed.problem.repaired,
        }
        if parsed.problem
        else None,
        "relaxed": answer.relaxed,
        "parted": [{"word": each.word, "parts": list(each.parts)} for each in answer.parted],
        "expansions": [{"term": each.term, "also": list(each.also)} for each in parsed.expansions],
        "numbers": list(parsed.numbers),
        "provisions": list(parsed.provisions),
    }


def _summary(ruling: Ruling, urls: Urls) -> Json:
    return {
        "id": ruling.id,
        "case_number": ruling.number.printed or str(ruling.number),
        "title": names_json(ruling.title),
        "court": court_json(ruling.court),
        "decision_date": str(ruling.decision_date) if ruling.decision_date else None,
        "fields": [tag.value for tag in ruling.fields],
        "team": _team(ruling.teams[0]) if ruling.teams else None,
        "text": ruling.text.value,
        "url": urls.ruling(ruling.id),
    }


def _hit(hit: AnsweredHit, locale: Locale, urls: Urls) -> Json:
    return {
        **_summary(hit.ruling, urls),
        "score": round(hit.score, 4),
        "cited_by": hit.cited_by,
        "snippets": [_snippet(snippet, hit.ruling, locale, urls) for snippet in hit.snippets],
    }


def _snippet(snippet: Snippet, ruling: Ruling, locale: Locale, urls: Urls) -> Json:
    html = Markup("").join(
        Markup("<mark>{}</mark>").format(run.text) if run.marked else escape(run.text) for run in snippet.runs
    )
    return {
        "paragraph": snippet.paragraph,
        "section": snippet.part.value,
        "label": part_label(snippet.part, locale),
        "language": snippet.language,
        "html": str(html),
        "url": urls.ruling(ruling.id, snippet.paragraph),
    }


def _team(tag: Tag) -> Json:
    name = names_json(trial_teams()[tag.value].name)
    return {"code": tag.value, **name, "basis": tag.basis.value, "note": names_json(tag.note)}
