"""Briefs: their citations found, checked against the catalogue, and linked. In memory only.

files/      a file → passages of text, and the same file with links put in
check       passages → one verdict for each citation, with its reasons
quotation   text in quotation marks → how it stands in the ruling cited, and whose words it is
"""
