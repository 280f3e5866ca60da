"""Offline: a corpus in, a store out.

read       files of the corpus              → Deposit
validate   Deposit                          → Draft, or Rejections with file, line, rule and remedy
parse      Draft                            → Ruling with numbered paragraphs
tag        Ruling                           → Ruling with cause, legal fields, trial team, each with its basis
link       Ruling, numbers of this build    → Linked: citations and proceedings resolved
write      Linked                           → full-text index and catalogue, in a staging folder
publish    staging folder                   → the store's current build, in one atomic step
"""
