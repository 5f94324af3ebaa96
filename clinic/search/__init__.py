"""The search of the public pages: the same answers on every database, from an index of its own.

``documents`` says what can be found, ``index`` is one index and what can be asked of it, ``building`` makes
one, ``keeper`` says which one holds now; ``wish`` reads what somebody typed, ``finding`` answers it,
``answers`` are what editors pin, and ``misses`` counts what nobody found.
"""
