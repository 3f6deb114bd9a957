"""Links to Wikidata: held against Wikidata's own data, and proposed where there are none.

::

    items        an item as its JSON says it, and where items come from
    live         … from Wikidata over HTTP, politely
    extract      … from files that were downloaded before
    links        the links of a version, and the entities that have none
    checking     a link and an item to an outcome
    suggesting   an entity without a link to items that it may be, with scores and reasons
    recording    outcomes as Turtle for the reference files

Nothing is linked by itself: what is found is for a person to accept.
"""
