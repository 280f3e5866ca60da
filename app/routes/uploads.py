"""Large requests as they arrive: read up to a limit, held in memory only, a few worked on at a time."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, FormParser, parse_options_header

from app.errors import AppError, BadRequest
from app.labels import N_
from app.settings import MAX_RESOLVED

MAX_BODY_BYTES = 10_500_000
"""What a request with a brief may weigh: a brief of 10 MB and what a form puts round it."""
WORKING_AT_ONCE = 1
"""So many large requests are worked on at the same time: one less than `THREADS`, for searches go on meanwhile."""
WAITING_AT_MOST = 16
"""So many of them are read, waiting or worked on; the next is told to come back."""
SECONDS_TO_SEND = 60
"""A request must have arrived by then."""
_MAX_PARTS = 16
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_BAD_BODY = N_("What was sent can’t be read as %(what)s.")


class BodyTooLarge(AppError):
    """The request is over the limit; ``detail["limit"]`` is the number of bytes."""

    status, code = 413, "body_too_large"


class TooManyAtOnce(AppError):
    """More citations in one call than the limit; ``detail["limit"]`` is the number."""

    status, code = 413, "too_many_at_once"


class BodyTooSlow(AppError):
    """The request did not arrive in time."""

    status, code = 408, "body_too_slow"


class Busy(AppError):
    """As many large requests as may be are being worked on."""

    status, code = 503, "busy"


@dataclass(frozen=True, slots=True)
class Body:
    """What was sent, as it came."""

    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A brief: a file, or a text, and the other fields of the form."""

    name: str
    """The file's name; empty for a text."""
    data: bytes
    fields: Mapping[str, str]

    @property
    def text(self) -> str:
        """The pasted text; empty for a file."""
        return "" if self.name else self.data.decode("utf-8")


@dataclass
class Turnstile:
    """Lets a few large requests in at a time; one for each process."""

    inside: int = 0
    working: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WORKING_AT_ONCE))

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Counted among those inside; raises `Busy` when there are too many."""
        if self.inside >= WAITING_AT_MOST:
            raise Busy(N_("Too many briefs are being checked just now. Please try again in a minute."))
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1


async def body_of(request: Request) -> AsyncIterator[Body]:
    """The body of a large request; the caller holds one of the working places until its answer is made."""
    turnstile: Turnstile = request.app.state.turnstile
    with turnstile.admitted():
        data = await _body(request)
        async with turnstile.working:
            yield Body(request.headers.get("content-type", ""), data)


BodyDep = Annotated[Body, Depends(body_of, scope="function")]


def read_upload(body: Body) -> Upload:
    """A file or a text out of a request's body: a form, or the JSON of the API."""
    kind = parse_options_header(body.content_type)[0].decode("latin-1")
    if kind == "application/json":
        sent = read_object(body)
        if not isinstance(sent.get("text"), str):
            raise _wrong("text")
        return _upload({name: value for name, value in sent.items() if isinstance(value, str)}, "", b"")
    if kind == _FORM:
        return _upload(_form_fields(body.data), "", b"")
    if kind == _MULTIPART:
        return _multipart(body)
    refused = BadRequest(
        N_("Send a form with a file or a text, or JSON with a text, not “%(kind)s”."),
        {"parameter": "Content-Type"},
        kind=kind,
    )
    raise refused


def read_object(body: Body) -> Mapping[str, object]:
    """The JSON object that was sent."""
    try:
        sent = json.loads(body.data)
    except (ValueError, RecursionError) as error:
        raise BadRequest(_BAD_BODY, what="JSON") from error
    if not isinstance(sent, dict):
        raise BadRequest(_BAD_BODY, what="JSON")
    return sent


def read_citations(body: Body) -> Sequence[str]:
    """The citations of a call to the resolver, ``{"citations": [...]}``; raises `TooManyCitations`."""
    citations = read_object(body).get("citations")
    if not isinstance(citations, list) or not all(isinstance(each, str) and _is_text(each) for each in citations):
        raise _wrong("citations")
    if len(citations) > MAX_RESOLVED:
        raise TooManyAtOnce(
            N_("At most %(limit)s citations can be resolved in one call."),
            {"limit": MAX_RESOLVED},
            limit=f"{MAX_RESOLVED:,}",
        )
    return citations


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MAX_BODY_BYTES:
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS_TO_SEND):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY_BYTES:
                    raise _too_large()
    except TimeoutError as error:
        raise BodyTooSlow(
            N_("What was sent did not arrive within %(seconds)d seconds."),
            {"limit": SECONDS_TO_SEND},
            seconds=SECONDS_TO_SEND,
        ) from error
    return bytes(body)


def _too_large() -> BodyTooLarge:
    return BodyTooLarge(
        N_("What was sent is over %(limit)s bytes."), {"limit": MAX_BODY_BYTES}, limit=f"{MAX_BODY_BYTES:,}"
    )


def _wrong(name: str) -> BadRequest:
    return BadRequest("The parameter %(name)s is missing or wrong.", {"parameter": name}, name=name)


def _form_fields(data: bytes) -> Mapping[str, str]:
    try:
        sent = parse_qs(data.decode("utf-8"), keep_blank_values=True, max_num_fields=_MAX_PARTS)
    except ValueError as error:
        raise BadRequest(_BAD_BODY, what=_FORM) from error
    return {name: values[0] for name, values in sent.items()}


def _multipart(body: Body) -> Upload:
    fields: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []

    def on_field(part: Field) -> None:
        fields[_decoded(part.field_name)] = _decoded(part.value)

    def on_file(part: File) -> None:
        part.file_object.seek(0)
        files.append((_decoded(part.file_name), part.file_object.read()))

    boundary = parse_options_header(body.content_type)[1].get(b"boundary")
    # Nothing of a brief goes to a disk: a file of any size that was let in stays in memory.
    config = {"MAX_MEMORY_FILE_SIZE": MAX_BODY_BYTES + 1, "MAX_FIELDS": _MAX_PARTS}
    try:
        parser = FormParser(_MULTIPART, on_field, on_file, boundary=boundary or None, config=config)
        parser.write(body.data)
        parser.finalize()
    except FormParserError as error:
        raise BadRequest(_BAD_BODY, what=_MULTIPART) from error
    return _upload(fields, *next((file for file in files if file[0]), ("", b"")))


def _upload(fields: Mapping[str, str], name: str, data: bytes) -> Upload:
    others = {key: value for key, value in fields.items() if key != "text"}
    if name:
        return Upload(name, data, others)
    text = fields.get("text", "")
    if not text.strip():
        raise BadRequest(N_("Paste a text or choose a file."), {"parameter": "text"})
    if not _is_text(text):
        raise _wrong("text")
    return Upload("", text.encode("utf-8"), others)


def _is_text(text: str) -> bool:
    """False for one half of a surrogate pair, which JSON can hold and UTF-8 can't."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _decoded(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
