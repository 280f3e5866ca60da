"""A list of rulings as a file: CSV and XLSX for tables, JSON for programs, RIS for reference managers."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import xlsxwriter

from app.citing.references import ris
from app.i18n import Locale
from app.presenting.citing import cited_as
from app.presenting.results import COLUMNS, ResultList
from app.urls import Urls

_WIDTHS = {"rank": 6, "case_number": 28, "title_zh": 36, "title_en": 44, "court": 26, "causes": 24, "fields": 22,
           "teams": 22, "statutes": 36, "address": 48}  # fmt: skip
"""Widths of columns in characters; the others get 14."""


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A format that a search's hits can be had in."""

    media_type: str
    write: Callable[[ResultList, Locale, Urls], bytes]


def _csv(found: ResultList, locale: Locale, _: Urls) -> bytes:
    """With a byte-order mark, without which Excel takes UTF-8 for something else."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(locale.gettext(heading) for _, heading in COLUMNS)
    table.writerows([harmless(row[name]) for name, _ in COLUMNS] for row in found.rows)
    if found.notice:
        table.writerow([found.notice, *[""] * (len(COLUMNS) - 1)])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str | int) -> str | int:
    """A spreadsheet takes a text that begins like this for a formula, and would carry it out."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _xlsx(found: ResultList, locale: Locale, _: Urls) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(locale.gettext("Rulings"))
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, heading) in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 14), wrapped)
            sheet.write_string(0, column, locale.gettext(heading), bold)
        for line, row in enumerate(found.rows, 1):
            for column, (name, _heading) in enumerate(COLUMNS):
                if name == "address":
                    sheet.write_url(line, column, str(row[name]))
                else:
                    sheet.write(line, column, row[name], wrapped)
        if found.notice:
            sheet.write_string(len(found.rows) + 1, 0, found.notice, bold)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, len(found.rows)), len(COLUMNS) - 1)
    return file.getvalue()


def _json(found: ResultList, _: Locale, __: Urls) -> bytes:
    rows = [{name: row[name] for name, _ in COLUMNS} for row in found.rows]
    whole = {"total": found.total, "partial": found.partial, "listed": len(rows), "rulings": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _ris(found: ResultList, _: Locale, absolute: Urls) -> bytes:
    return "".join(ris(cited_as(ruling, None, absolute), found.notice) for ruling in found.rulings).encode()


RESULT_FORMATS: Mapping[str, ResultFormat] = {
    "csv": ResultFormat("text/csv; charset=utf-8", _csv),
    "xlsx": ResultFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": ResultFormat("application/json", _json),
    "ris": ResultFormat("application/x-research-info-systems; charset=utf-8", _ris),
}
"""By the ending of the address: `/search.csv`."""
