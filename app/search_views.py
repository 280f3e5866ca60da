"""What the search page is made of beside hits and facets; the page itself is in `app.pages`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Why a query can't be read, and one that can."""

    message: str
    repaired: str
    url: str


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year of decision in the histogram; x, width and height in units of the drawing."""

    year: int
    count: int
    selected: bool
    url: str
    label: str
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class YearsView:
    """Rulings by year of decision, every year from the first to the last, and the form that asks for a span."""

    bars: tuple[YearBar, ...]
    width: int
    step: int
    """Units from one year to the next."""
    first: int
    last: int
    chosen: tuple[str, str]
    """What the two fields hold: the first and the last year chosen, or empty."""
    others: tuple[tuple[str, str], ...]
    """The parameters of the search without years, for the form."""
    unstated: int
    """How many do not state their date."""
    unstated_url: str
    unstated_selected: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """How a query was read: the words looked for, and what each part of it means."""

    words: tuple[str, ...]
    joined: str
    """How the words are joined, or empty."""
    meanings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WayOutView:
    """Out of a search that found nothing: what to leave out, and what is then found."""

    text: str
    found: str
    url: str


@dataclass(frozen=True, slots=True)
class WordAloneView:
    """A word of the query, and in how many rulings it is found by itself."""

    text: str
    total: int
    found: str
    url: str
