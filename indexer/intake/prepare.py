"""The work done in a worker process: lines of a stream, or a file, into judgments ready for the corpus."""

import datetime
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import FrameType

from indexer.checks import Context
from indexer.deposit import Deposit
from indexer.domain.names import Names
from indexer.intake.corpus import corpus_file
from indexer.intake.formats import read_source
from indexer.intake.formats.streams import Line, read_line
from indexer.intake.judgment import read_judgment
from indexer.intake.model import Judgment, RawJudgment, Reading, Refusal
from indexer.intake.outcome import Outcome, Prepared
from indexer.intake.own import prepared_own
from indexer.privacy import masked
from indexer.privacy_check import hidden_note
from indexer.validate import Validator

SECONDS = 30
"""The longest that one file may take."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file, or some lines of a stream; ``end`` is where the stream is when they are done."""

    path: Path
    lines: tuple[Line, ...] | None = None
    end: int = 0
    last: bool = True
    refusal: Refusal | None = None
    """Why the stream broke off after these lines."""


@dataclass(frozen=True, slots=True)
class How:
    """What a worker must know beside its task."""

    today: datetime.date
    mask: bool = False
    """Hide personal data before anything else is read of the text."""


def prepare(task: Task, how: How) -> tuple[Outcome, ...]:
    """What becomes of each judgment in a task, in order. Never raises for what a file holds."""
    out: list[Outcome] = []
    if task.lines is None:
        try:
            with _time_limit(SECONDS):
                for raw in read_source(task.path):
                    out.append(_prepared(raw, how))
        except TimeoutError:
            out.append(Refusal(task.path.name, "took-too-long", str(SECONDS)))
        except MemoryError:
            out.append(Refusal(task.path.name, "reader-died", "memory"))
        except Exception as error:  # one strange file must not end a run of a million
            out.append(Refusal(task.path.name, "reader-died", type(error).__name__))
        return tuple(out)
    for line in task.lines:
        found = read_line(task.path.name, line)
        if found is not None:
            out.append(_prepared(found, how))
    if task.refusal is not None:
        out.append(task.refusal)
    return tuple(out)


def _prepared(raw: RawJudgment | Refusal, how: How) -> Outcome:
    if isinstance(raw, Refusal):
        return raw
    if raw.corpus_file:
        return prepared_own(raw, how.today)
    try:
        return _read(raw, how)
    except (TimeoutError, MemoryError):
        raise
    except Exception as error:  # as above
        return Refusal(raw.source, "reader-died", type(error).__name__)


def _read(raw: RawJudgment, how: How) -> Outcome:
    raw, hidden = _masked(raw) if how.mask else (raw, Names())
    judgment = read_judgment(raw)
    made = corpus_file(judgment, hidden)
    if isinstance(made, Refusal):
        return made
    # The same rules as `panli check`: what an import writes, a build takes.
    corpus = Path("corpus")
    deposit = Deposit(corpus / made.path, made.text, None, None, "")
    verdict = Validator(Context(how.today, corpus)).validate(deposit)
    if verdict.draft is None:
        broken = verdict.rejections[0]
        return Refusal(raw.source, "breaks-rule", f"{broken.rule}: {broken.fault('zh')}")
    return Prepared(
        raw.source,
        made.path,
        made.text,
        verdict.draft.matter.document_type,
        tuple(number.key for number in judgment.reading.numbers),
        tuple(part.value for part in dict.fromkeys(cut.part for cut in judgment.cut.parts)),
        _found(judgment),
    )


def _masked(raw: RawJudgment) -> tuple[RawJudgment, Names]:
    """The judgment without personal data, in its text and in its title, and a sentence that says what was hidden."""
    whole, counts = masked(f"{raw.known.title}\n{raw.text}")
    title, _, text = whole.partition("\n")
    if not counts:
        return raw, Names()
    return replace(raw, text=text, known=replace(raw.known, title=title, parts={})), hidden_note(counts)


def _found(judgment: Judgment) -> tuple[str, ...]:
    reading = judgment.reading
    return tuple(each.name for each in fields(Reading) if getattr(reading, each.name) not in (None, "", ()))


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
