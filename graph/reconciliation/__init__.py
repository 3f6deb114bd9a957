"""Which entity a name means: names compared across scripts, spellings, word orders and languages.

::

    transliteration   Cyrillic to Latin letters, as Ukraine and the map makers of two states do it
    names             a text as it is compared: folded, read in Latin letters, spelled loosely
    likeness          how alike two names are, and in what
    index             from a name to the few entities worth a comparison
    matching          a query to ranked candidates with a score and its reasons

All of it is pure: what an index holds is read once from one version of the graph (:mod:`entities`).
"""
