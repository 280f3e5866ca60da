"""What a caller can be told; knows nothing of FastAPI.

::

    AppError
    ├── BadRequest            400  a parameter that makes no sense
    │   └── QueryUnreadable   400  the query can't be read; carries a repaired one
    ├── QueryTooLong          413  over the limit, with the limit
    ├── NotHeld               404  no such ruling, collection or statute here
    ├── Withdrawn             410  taken out, with the reason
    └── StoreUnavailable      503  no build can be served
"""

from collections.abc import Mapping


class AppError(Exception):
    """An answer with a status. ``message`` is an English msgid that the page translates."""

    status = 500
    code = "internal"

    def __init__(self, message: str, detail: Mapping[str, object] | None = None, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values
        self.detail = dict(detail or {})


class BadRequest(AppError):
    """A parameter that makes no sense."""

    status, code = 400, "bad_request"


class QueryUnreadable(BadRequest):
    """The query can't be read; ``detail["repaired"]`` holds one that can."""

    code = "query_unreadable"


class QueryTooLong(AppError):
    """The query is over a limit; ``detail["limit"]`` is the number."""

    status, code = 413, "query_too_long"


class NotHeld(AppError):
    """No such ruling, collection or statute in this store."""

    status, code = 404, "not_held"


class Withdrawn(AppError):
    """The ruling was taken out of the corpus; the reason is kept."""

    status, code = 410, "withdrawn"


class StoreUnavailable(AppError):
    """No build can be served; the message names the remedy."""

    status, code = 503, "store_unavailable"
