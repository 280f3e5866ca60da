"""How the properties of the indexer are tried."""

from hypothesis import settings

# The first example of a run also reads the registries and the dictionary, however long that takes.
settings.register_profile("indexer", deadline=None)
settings.load_profile("indexer")
