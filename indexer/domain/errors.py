"""What can be wrong with a value of the domain.

::

    DomainError
    ├── BadCaseNumber       the text is not a case number
    ├── BadDate             not a date, a month or a year
    ├── BadRegistry         a registry file contradicts itself
    └── UnknownName         a registry has no such id
"""


class DomainError(ValueError):
    """A value that the domain does not know; the offending value is in `value`."""

    def __init__(self, value: str, message: str = "") -> None:
        super().__init__(message or f"{type(self).__name__}: {value!r}")
        self.value = value


class BadCaseNumber(DomainError):
    """The text is not a case number."""


class BadDate(DomainError):
    """The text is not a date (2024-05-01), a month (2024-05) or a year (2024)."""


class BadRegistry(DomainError):
    """A registry file contradicts itself; the message says where."""


class UnknownName(DomainError):
    """A registry holds no entry of this id."""
