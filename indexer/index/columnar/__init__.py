"""A Whoosh codec that keeps an index as flat, memory-mapped arrays.

arrays     one file of named arrays: written once, checked when opened, mapped and shared by all readers
postings   the postings of one field: sorted terms, and for each its documents and weights
documents  lengths and stored values, terms  terms and postings: Whoosh's interface on them
codec      what joins these for Whoosh, so that its readers, matchers, spelling and merging work as ever
impacts    what a word is worth in all text fields together, summed when an index is written
rulings    what a segment holds of rulings beside: facets, dates, ranks, the folded text
texts      the text of each ruling, for the catalogue to pack its texts over
runs       the postings of a batch of documents, sorted; merge and join make one segment of many runs
"""
