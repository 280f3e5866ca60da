"""Intake: real judgments, as they come, into corpus files.

formats/    a file → the judgments in it, each as plain text with what its database knew   (RawJudgment)
parts       the text of a judgment → its parts, first instance *as reported* kept apart     (Cut)
metadata    the text of a judgment → court, numbers, parties, panel, date, outcome …        (Reading)
judgment    both → one judgment, ready to be written                                        (Judgment)
corpus      a judgment → its file in the corpus
run         a whole import: in order, resumable, with its report
"""
