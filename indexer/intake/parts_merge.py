"""One stretch for each part: what recurs is joined or given to its neighbour."""

from itertools import pairwise

from indexer.domain.ruling import Part, Procedure

Stretch = tuple[int, Part]
"""Where a part begins; it ends where the next one does."""

_SUBMISSIONS = frozenset({Part.CLAIMS, Part.DEFENCE, Part.EVIDENCE, Part.FACTS, Part.ISSUES})


def one_of_each(stretches: list[Stretch], end: int, procedure: Procedure) -> list[Stretch]:
    """The same text with each part at most once, in order.

    0. What stands between the course of proceedings and the first words known belongs to what follows it, where that
       is the claims at first instance (the charge) or, on appeal, the report of the court below.
    1. 本院认为 before more facts or evidence and another 本院认为 was about the evidence: it goes to what it follows.
    2. Facts told on after evidence or issues take these in: charges dealt with one by one.
    3. On retrial, what is told between two reports of the courts below belongs to the report (the appeal then made).
    4. Of what still recurs the longest stretch keeps the name; the others go to the part before them
       (behind the report of the court below, to the part after them).
    """
    heard_first = procedure is Procedure.FIRST_INSTANCE
    stretches = _given_on(stretches, Part.CLAIMS if heard_first else Part.FIRST_INSTANCE)
    stretches = _last_reasoning(_joined(stretches))
    stretches = _taken_in(stretches, Part.FACTS, frozenset({Part.EVIDENCE, Part.ISSUES}))
    if procedure is Procedure.RETRIAL:
        stretches = _taken_in(stretches, Part.FIRST_INSTANCE, _SUBMISSIONS)
    return _longest_kept(stretches, end)


def _given_on(stretches: list[Stretch], part: Part) -> list[Stretch]:
    following = [each[1] for each in stretches[1:]] + [None]
    return [
        (start, part if own is Part.UNSEGMENTED and after is part else own)
        for (start, own), after in zip(stretches, following, strict=True)
    ]


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    return [each for place, each in enumerate(stretches) if place == 0 or stretches[place - 1][1] is not each[1]]


def _last_reasoning(stretches: list[Stretch]) -> list[Stretch]:
    places = [place for place, (_, part) in enumerate(stretches) if part is Part.REASONING]
    if not places:
        return stretches
    earlier = [
        (start, stretches[place - 1][1] if part is Part.REASONING and place else part)
        for place, (start, part) in enumerate(stretches[: places[-1]])
    ]
    after = [each for each in stretches[places[-1] + 1 :] if each[1] not in _SUBMISSIONS]
    return _joined([*earlier, stretches[places[-1]], *after])


def _taken_in(stretches: list[Stretch], part: Part, others: frozenset[Part]) -> list[Stretch]:
    """Stretches of ``others`` between two of ``part`` become ``part``."""
    places = [place for place, each in enumerate(stretches) if each[1] is part]
    for first, second in pairwise(places):
        if all(stretches[place][1] in others for place in range(first + 1, second)):
            stretches = [
                (start, part if first < place < second else own) for place, (start, own) in enumerate(stretches)
            ]
    return _joined(stretches)


def _longest_kept(stretches: list[Stretch], end: int) -> list[Stretch]:
    while len({part for _, part in stretches}) < len(stretches):
        ends = [start for start, _ in stretches[1:]] + [end]
        length = [stop - start for (start, _), stop in zip(stretches, ends, strict=True)]
        kinds = [part for _, part in stretches]
        place = min((place for place, part in enumerate(kinds) if kinds.count(part) > 1), key=length.__getitem__)
        neighbour = kinds[place - 1] if place else kinds[1]
        if neighbour is Part.FIRST_INSTANCE and 0 < place < len(kinds) - 1:
            neighbour = kinds[place + 1]  # never this court's words among those of the court below
        stretches = _joined([*stretches[:place], (stretches[place][0], neighbour), *stretches[place + 1 :]])
    return stretches
