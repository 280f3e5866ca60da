"""Whole pages under load: Panli's search page against Datasette's table page, over the same documents.

Both servers have a worker for each core and run throughout; `wrk` asks one, then the other, round after round, on the
same cores. Both pages show twenty rulings and all facets; Panli's has snippets too.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

from indexer.index.fields import FACETS
from tests.bench.engines.with_sqlite import FILE, MANY, match_of
from tests.bench.figures import Json, spread
from tests.bench.lecard import ROOT
from tests.bench.machine import load_average, machine, private_bytes, processor_seconds, tree
from tests.bench.queries import Question

KINDS = ("word, middling", "word, common", "any of 3", "all of 2", "all of 3", "phrase", "1 filter")
"""The kinds of questions that the pages answer, in turn."""
_CONNECTIONS = 16
_PAUSE = 1.5
"""Seconds that a visitor waits between two pages, on average, at half the load; servers hang up after five."""
_SCRIPT = Path(__file__).with_name("load.lua")
_PATIENCE = 60.0


def can_measure() -> bool:
    """Whether wrk is installed."""
    return shutil.which("wrk") is not None


def measured_pages(folder: Path, asked: Mapping[str, Sequence[Question]], seconds: float, rounds: int) -> Json:
    """Pages a second at saturation, and the time of a page at half of that, for each server."""
    turns = [question for group in zip(*(asked[kind] for kind in KINDS), strict=False) for question in group]
    workers = int(machine()["cores"])
    with ExitStack() as stack:
        servers: dict[str, tuple[str, Path, int]] = {}
        if (folder / "panli").exists():
            port = _free_port()
            command = [sys.executable, "-m", "app", "serve", "--store", str(folder / "panli"), "--port", str(port)]
            process = stack.enter_context(_server([*command, "--workers", str(workers)], port, {}))
            paths = _paths(folder / "panli.paths", [panli_path(question) for question in turns])
            servers["panli"] = (f"http://127.0.0.1:{port}", paths, process)
        if (folder / "sqlite").exists() and find_spec("datasette"):
            port = _free_port()
            factory = ["tests.bench.datasette_app:create_app", "--factory", "--log-level", "error"]
            command = [sys.executable, "-m", "uvicorn", *factory, "--port", str(port), "--workers", str(workers)]
            file = {"BENCH_DATABASE": str(folder / "sqlite" / FILE)}
            process = stack.enter_context(_server(command, port, file))
            paths = _paths(folder / "datasette.paths", [datasette_path(question) for question in turns])
            servers["datasette"] = (f"http://127.0.0.1:{port}", paths, process)
        return _loaded(servers, seconds, rounds)


def panli_path(question: Question) -> str:
    """The address of Panli's search page, as its form makes it."""
    return "/search?" + urlencode({"q": question.panli_text, **question.filters})


def datasette_path(question: Question) -> str:
    """The address of Datasette's table page with full-text search, the same filters and every facet."""
    params: list[tuple[str, str | int]] = [("_search", match_of(question)), ("_searchmode", "raw"), ("_size", 20)]
    for name, value in question.filters.items():
        params.append((f"f_{name}__arraycontains" if name in MANY else f"f_{name}__exact", value))
    params += [("_facet_array" if name in MANY else "_facet", f"f_{name}") for name in FACETS]
    params += [("_col", name) for name in ("id", "title", "date")]
    return f"/{Path(FILE).stem}/rulings?{urlencode(params)}"


def _loaded(servers: Mapping[str, tuple[str, Path, int]], seconds: float, rounds: int) -> Json:
    found: Json = {name: {"saturated": [], "half": []} for name in servers}
    for name, (address, paths, _) in servers.items():
        found[name]["page_bytes"] = _look(address, paths)
        _wrk(address, paths, seconds / 2, _CONNECTIONS, 0)
    for _ in range(rounds):
        for name, (address, paths, process) in servers.items():
            before = processor_seconds(process)
            load = _wrk(address, paths, seconds, _CONNECTIONS, 0)
            load["processor_ms_a_page"] = round((processor_seconds(process) - before) * 1000 / load["requests"], 2)
            found[name]["saturated"].append(load)
    for name, each in found.items():
        each["load_average"] = round(load_average(), 2)
        each["pages_per_second"] = spread([load["rate"] for load in each["saturated"]])["p50"]
        each["processor_ms_a_page"] = spread([load["processor_ms_a_page"] for load in each["saturated"]])["p50"]
        each["private_bytes_of_a_worker"] = max(private_bytes(pid) for pid in tree(servers[name][2]))
    for _ in range(rounds):
        for name, (address, paths, _) in servers.items():
            each = found[name]
            visitors = max(round(each["pages_per_second"] / 2 * _PAUSE), 1)
            pause = visitors / (each["pages_per_second"] / 2) * 1000
            think = max(pause - each["half"][-1]["p50"], 1.0) if each["half"] else pause
            each["half"].append(_wrk(address, paths, 2 * seconds, visitors, think))
    for each in found.values():
        each["p95_at_half"] = spread([load["p95"] for load in each["half"]])["p50"]
        each["p50_at_half"] = spread([load["p50"] for load in each["half"]])["p50"]
        each["rate_at_half"] = spread([load["rate"] for load in each["half"]])["p50"]
    if {"panli", "datasette"} <= found.keys():
        found["ratio"] = round(found["panli"]["pages_per_second"] / found["datasette"]["pages_per_second"], 2)
    return found


def _wrk(address: str, paths: Path, seconds: float, connections: int, think: float) -> Json:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(int(seconds), 1)}s", "--timeout", "60s", "-s", str(_SCRIPT)]
    environment = {**os.environ, "BENCH_PATHS": str(paths), "BENCH_THINK": f"{think:.1f}"}
    said = subprocess.run([*command, address], env=environment, capture_output=True, text=True, check=True).stdout
    (line,) = [line for line in said.splitlines() if line.startswith("BENCH ")]
    told: Json = json.loads(line.removeprefix("BENCH "))
    return {**told, "rate": round(told["requests"] / told["seconds"], 2)}


def _look(address: str, paths: Path) -> int:
    """Read a few pages, each of which must be there; the mean of their bytes."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    some = paths.read_text("utf-8").splitlines()[:14]
    return sum(len(opener.open(address + path, timeout=_PATIENCE).read()) for path in some) // len(some)


def _paths(file: Path, paths: Sequence[str]) -> Path:
    file.write_text("".join(f"{path}\n" for path in paths), "utf-8")
    return file


@contextmanager
def _server(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[int]:
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield process.pid
        finally:
            process.terminate()
            process.wait(20)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {process.args!r}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
