"""Dates as precise as their source."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.dates import PartialDate, parse_partial_date
from indexer.domain.errors import BadDate

DATES = [
    ("2020-06-30", PartialDate(2020, 6, 30), "day", datetime.date(2020, 6, 30), datetime.date(2020, 6, 30)),
    ("2020-06", PartialDate(2020, 6), "month", datetime.date(2020, 6, 1), datetime.date(2020, 6, 30)),
    ("2020", PartialDate(2020), "year", datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)),
    ("2020-02-29", PartialDate(2020, 2, 29), "day", datetime.date(2020, 2, 29), datetime.date(2020, 2, 29)),
    ("2020-02", PartialDate(2020, 2), "month", datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)),  # a leap year
    ("2019-02", PartialDate(2019, 2), "month", datetime.date(2019, 2, 1), datetime.date(2019, 2, 28)),
    ("2020-12", PartialDate(2020, 12), "month", datetime.date(2020, 12, 1), datetime.date(2020, 12, 31)),
]

NOT_DATES = [
    "",
    "today",
    "2020-02-30",  # no such day
    "2019-02-29",  # not a leap year
    "2020-13",
    "2020-00",
    "2020-06-00",
    "0000",
    "0000-01-01",
    "2020-6-30",  # the form has two digits
    "20-06-30",
    "2020/06/30",
    "2020年6月30日",
    "2020-06-30T00:00:00",
    " 2020-06-30",
    "2020-06-30\n",
    "-2020",
]


@pytest.mark.parametrize(("text", "date", "precision", "first", "last"), DATES)
def test_date_is_read_as_precisely_as_it_is_written(
    text: str, date: PartialDate, precision: str, first: datetime.date, last: datetime.date
) -> None:
    read = parse_partial_date(text)
    assert read == date
    assert (read.precision, read.first, read.last) == (precision, first, last)
    assert str(read) == text


@pytest.mark.parametrize("text", NOT_DATES)
def test_other_texts_are_not_dates(text: str) -> None:
    with pytest.raises(BadDate) as raised:
        parse_partial_date(text)
    assert raised.value.value == text


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_date_written_and_read_again_is_the_same(day: datetime.date, length: int) -> None:
    text = day.isoformat()[:length]
    date = parse_partial_date(text)
    assert str(date) == text
    assert date.first <= day <= date.last


@given(st.text("0123456789-", max_size=11))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        date = parse_partial_date(text)
    except BadDate:
        return
    assert date.first <= date.last
