"""A ruling as others cite it, and as they carry it away: pure functions from a ruling to text.

parts           what every form is made of: number, court, document, date, place
forms           one line to paste: short, full, footnote, English, links
references      for reference managers: BibTeX, RIS, CSL-JSON
texts           the whole ruling as Markdown and as plain text
akoma_ntoso     the whole ruling as Akoma Ntoso 3.0
"""
