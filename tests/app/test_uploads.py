"""Large requests: read in memory only, and a few at a time."""

import asyncio

import pytest
from python_multipart.multipart import File

from app.routes.uploads import WAITING_AT_MOST, WORKING_AT_ONCE, Body, Busy, Turnstile, read_upload

BOUNDARY = b"b0undary"


def multipart(*parts: tuple[str, str | None, bytes]) -> Body:
    """A form of fields and files: name, file name, content."""
    out = b""
    for name, file, data in parts:
        named = f'; filename="{file}"' if file is not None else ""
        out += b"--" + BOUNDARY + f'\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
        out += data + b"\r\n"
    return Body(f"multipart/form-data; boundary={BOUNDARY.decode()}", out + b"--" + BOUNDARY + b"--\r\n")


def test_a_file_goes_before_a_text_and_an_empty_choice_of_file_is_none() -> None:
    both = read_upload(multipart(("text", None, b"x"), ("brief", "a.docx", b"data"), ("table", None, b"1")))
    assert (both.name, both.data, both.text, both.fields) == ("a.docx", b"data", "", {"table": "1"})
    pasted = read_upload(multipart(("text", None, "（2023）".encode()), ("brief", "", b"")))
    assert (pasted.name, pasted.text) == ("", "（2023）")


def test_bytes_of_a_file_come_as_they_are() -> None:
    data = bytes(range(256)) * 40 + b"\r\n--" + BOUNDARY[:-1] + b"\r\n"
    assert read_upload(multipart(("brief", "答辩状.docx", data))).data == data
    assert read_upload(multipart(("brief", "答辩状.docx", data))).name == "答辩状.docx"


def test_a_large_file_never_touches_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: File) -> None:
        raise AssertionError("a brief went to a disk")

    monkeypatch.setattr(File, "flush_to_disk", refuse)
    assert len(read_upload(multipart(("brief", "a.docx", b"x" * 10_000_000))).data) == 10_000_000


def test_only_so_many_are_let_in_and_places_are_given_back() -> None:
    async def scene() -> tuple[int, int]:
        turnstile, working, most = Turnstile(), 0, 0

        async def one() -> None:
            nonlocal working, most
            with turnstile.admitted():
                async with turnstile.working:
                    working += 1
                    most = max(most, working)
                    await asyncio.sleep(0.001)
                    working -= 1

        answers = await asyncio.gather(*(one() for _ in range(WAITING_AT_MOST + 5)), return_exceptions=True)
        await asyncio.gather(*(one() for _ in range(WAITING_AT_MOST)))
        return most, sum(isinstance(answer, Busy) for answer in answers)

    assert asyncio.run(scene()) == (WORKING_AT_ONCE, 5)
