"""A build opened as a service opens it: both halves must answer."""

from sqlalchemy import func
from sqlmodel import Session, select
from whoosh.index import open_dir

from indexer.catalogue.tables import RulingRow, sqlite_engine
from indexer.store import Build


def rulings_in(built: Build) -> tuple[int, int]:
    """How many rulings the index and the catalogue of a build answer with."""
    index = open_dir(built.index.as_posix())
    engine = sqlite_engine(built.catalogue, read_only=True)
    try:
        with Session(engine) as session:
            return int(index.doc_count()), session.exec(select(func.count()).select_from(RulingRow)).one()
    finally:
        index.close()
        engine.dispose()
