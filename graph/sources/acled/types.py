"""ACLED's types by the names that exports have, in lower case, and the class of each."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from graph.files import ONTOLOGY
from graph.turtle import read_rdf
from graph.vocabulary import ID, SKOS


@cache
def names(kind: str) -> dict[str, str]:
    """The notations of a code list of ACLED by their English names in lower case."""
    quads = read_rdf(ONTOLOGY / "codes" / "acled.ttl").quads
    codes = [quad for quad in quads if str(quad.subject).startswith(f"<{ID}{kind}/")]
    notations = {
        quad.subject: quad.object.value
        for quad in codes
        if quad.predicate == SKOS.notation and isinstance(quad.object, ox.Literal)
    }
    return {
        quad.object.value.lower(): notations[quad.subject]
        for quad in codes
        if quad.predicate == SKOS.prefLabel
        and isinstance(quad.object, ox.Literal)
        and quad.object.language == "en"
    }


SUB_EVENTS = names("acled")
DISORDERS = names("acled-disorder")
ACTORS = names("acled-actor")
GROUND = ("GovernmentRegainsTerritory", "NonStateActorOvertakesTerritory", "ArmedClash")
CLASSES = {
    **dict.fromkeys(GROUND, "GroundBattle"),
    "AirDroneStrike": "AerialAttack",
    "RemoteExplosiveLandmineIED": "ExplosiveDeviceAttack",
    "ChemicalWeapon": "Attack",
    "SuicideBomb": "Attack",
    "ShellingArtilleryMissileAttack": "Attack",
    "Grenade": "Attack",
    "SexualViolence": "ViolenceAgainstCivilians",
    "Attack": "ViolenceAgainstCivilians",
    "AbductionForcedDisappearance": "ViolenceAgainstCivilians",
    "Agreement": "Agreement",
}
"""The class of each sub-event type that says how force was used or that parties agreed; of the
others nothing is known but that they are events."""
