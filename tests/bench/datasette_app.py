"""Datasette over the file that SQLite was measured on, as an application for Uvicorn, so that it has workers too.

Everything that would only cost it time is off (suggested facets, limits that leave a facet out); the file is
immutable, so that it need not look for changes.
"""

import os
from pathlib import Path
from typing import Any

from datasette.app import Datasette


def create_app() -> Any:
    """The application; the environment's ``BENCH_DATABASE`` is the file."""
    tables = {"rulings": {"fts_table": "terms", "fts_pk": "doc"}}
    return Datasette(
        [],
        immutables=[os.environ["BENCH_DATABASE"]],
        metadata={"databases": {Path(os.environ["BENCH_DATABASE"]).stem: {"tables": tables}}},
        settings={
            "suggest_facets": False,
            "facet_time_limit_ms": 120_000,
            "sql_time_limit_ms": 120_000,
            "default_facet_size": 30,
            "num_sql_threads": 2,
        },
    ).app()
