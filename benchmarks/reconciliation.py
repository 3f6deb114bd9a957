"""How long a misspelled name takes among a hundred thousand made-up entities.

``python -m benchmarks.reconciliation [ENTITIES]`` prints processor time, so that whatever else the
machine does is left out, and the memory of the whole process.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Sequence

from graph.reconciliation.entities import LABEL, Entity, Name, Type
from graph.reconciliation.index import Index
from graph.reconciliation.matching import Asked, match

ENTITIES = 100_000
QUERIES = 300
WORDS = 40_000
_SOUNDS = "ka ro vi na te lu mo ska zel chen dri pov yar hul kry bil dni ost ver kho ter nik sla"
_SYLLABLES = _SOUNDS.split()
_TYPES = {"Location": Type("Location", (Name("location", "en", LABEL),), ())}


def made_up(number: int, chance: random.Random) -> list[Entity]:
    """Places of two words, and attacks with a place and a day, in turn; each by two names."""
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(WORDS)]
    entities = []
    for at in range(number):
        one, other = chance.choices(words, k=2)
        day = f"{chance.randint(2010, 2025)}-{chance.randint(1, 12):02d}"
        name = f"{one} {other}" if at % 2 else f"attack in {one} on {day}"
        names = (Name(name.title(), "en", LABEL), Name(f"{name}o".title(), "uk", LABEL))
        iri = f"https://example.org/{at}"
        entities.append(
            Entity(iri, names, (str(500_000 + at),), frozenset(_TYPES), tuple(_TYPES), "")
        )
    return entities


def misspelled(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return f"{name[:at]}e{name[at + 1 :]}" if name[at].isalpha() else name


def ask(index: Index, entities: Sequence[Entity]) -> tuple[list[float], int]:
    """Milliseconds of each query, and how often the entity was among the first five."""
    chance = random.Random(11)
    times, found = [], 0
    for entity in chance.sample(entities, QUERIES):
        asked = Asked(misspelled(entity.names[0].text, chance), limit=5)
        begun = time.process_time()
        candidates = match(asked, index, lambda iri, id, value: 0.0)
        times.append(1_000 * (time.process_time() - begun))
        found += entity.iri in [each.entity.iri for each in candidates]
    return sorted(times), found


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ENTITIES
    entities = made_up(number, random.Random(7))
    begun = time.process_time()
    index = Index(entities, _TYPES)
    made = time.process_time() - begun
    times, found = ask(index, entities)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{number:,} entities, {len(index.names):,} names: index made in {made:.1f} s")
    print(
        f"a misspelled name: median {statistics.median(times):.1f} ms,"
        f" 95% within {times[int(0.95 * len(times))]:.1f} ms, at most {times[-1]:.1f} ms"
    )
    print(f"found among five: {found} of {QUERIES}; memory of the process: {memory} MB")


if __name__ == "__main__":
    main()
