"""The networks of the first article: their nodes, their edges, and who states each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from io import BytesIO

import pytest

from graph.engine.store import Solutions
from graph.errors import NotFound
from graph.export import NETWORK_EXPORTS
from graph.network import Edge, Network, Node
from graph.networks import MODES, network
from graph.networks.answers import Term
from graph.vocabulary import ID, short
from tests.queries.article_graph import article_graph, small_graph

CLAIM = f"{ID}claim/2026-01-24-kyiv-kharkiv/"
OUTLET = "Outlet of the report of 24 January 2026 (not named)"
NIGHT = ("2026-01-23T12:00:00+02:00", "2026-01-24T12:00:00+02:00")


def _network(mode: str, language: str = "en") -> Network:
    return network(article_graph().select, mode, language)


def _told(edges: list[Edge]) -> list[str]:
    return [f"{short(edge.source)} {edge.kind} {short(edge.target)}" for edge in edges]


def test_there_is_one_attack_between_actors_and_who_states_it() -> None:
    attacks = [edge for edge in _network("actors").edges if edge.kind == "attacked"]

    assert attacks == [
        Edge(
            iri=f"{ID}event/2026-01-24-assault#attacked/actor/russia/actor/ukraine",
            source=f"{ID}actor/russia",
            target=f"{ID}actor/ukraine",
            kind="attacked",
            label="Aerial assault on Ukraine, 24 January 2026",
            start=NIGHT[0],
            end=NIGHT[1],
            claims=(f"{CLAIM}assault-by-russia",),
            speakers=(OUTLET,),
            quotes=("Russia conducted its largest aerial assault on Ukraine",),
        )
    ]


def test_parallel_edges_between_two_actors_are_kept() -> None:
    pair = {f"{ID}actor/russia", f"{ID}actor/ukraine"}

    between = [edge for edge in _network("actors").edges if {edge.source, edge.target} == pair]

    assert _told(between) == [
        "actor:russia attacked actor:ukraine",
        "actor:russia negotiatedWith actor:ukraine",
        "actor:russia addressed actor:ukraine",
        "actor:ukraine addressed actor:russia",
    ]


def test_two_attacks_on_one_actor_are_two_edges() -> None:
    trig = "".join(
        f"event:{name} a pol:Attack ; pol:participation"
        " [ pol:participant actor:north ; pol:role role:Attacker ] ,"
        " [ pol:participant actor:south ; pol:role role:Target ] ."
        for name in ("raid", "shelling")
    )

    edges = list(network(small_graph(trig).select, "actors").edges)

    assert [edge.iri.removeprefix(ID) for edge in edges] == [
        "event/raid#attacked/actor/north/actor/south",
        "event/shelling#attacked/actor/north/actor/south",
    ]


def test_negotiators_of_one_side_do_not_negotiate_with_each_other() -> None:
    talks = [edge for edge in _network("actors").edges if edge.kind == "negotiatedWith"]

    ukraine, russia, america = (
        f"actor:2026-01-abu-dhabi-delegation-of-{side}"
        for side in ("ukraine", "russia", "the-united-states")
    )
    assert _told(talks) == [
        f"{russia} negotiatedWith {america}",
        f"{russia} negotiatedWith {ukraine}",
        f"{russia} negotiatedWith actor:jared-kushner",
        f"{russia} negotiatedWith actor:steve-witkoff",
        f"{america} negotiatedWith {ukraine}",
        f"{ukraine} negotiatedWith actor:jared-kushner",
        f"{ukraine} negotiatedWith actor:steve-witkoff",
        "actor:russia negotiatedWith actor:ukraine",
        "actor:russia negotiatedWith actor:united-states",
        "actor:ukraine negotiatedWith actor:united-states",
    ]


def test_an_edge_names_each_claim_that_states_an_end_of_it() -> None:
    (edge,) = (
        edge
        for edge in _network("actors").edges
        if _told([edge]) == ["actor:russia negotiatedWith actor:united-states"]
    )

    assert list(zip(edge.claims, edge.speakers, edge.quotes, strict=True)) == [
        (
            f"{CLAIM}delegations-met",
            OUTLET,
            "delegations from Ukraine, Russia, and the United States concluded their initial day"
            " of talks in Abu Dhabi, United Arab Emirates",
        ),
        (
            f"{CLAIM}talks-began",
            OUTLET,
            "trilateral peace negotiations involving the US began in Abu Dhabi",
        ),
    ]


def test_what_no_claim_states_is_an_edge_without_claims() -> None:
    (edge,) = (
        edge
        for edge in _network("actors").edges
        if _told([edge]) == ["actor:vitali-klitschko affiliation actor:ukraine"]
    )

    assert (edge.claims, edge.speakers, edge.quotes) == ((), (), ())


def test_the_kinds_of_edges_between_actors() -> None:
    kinds = Counter(edge.kind for edge in _network("actors").edges)

    assert {kind: count for kind, count in kinds.items() if kind != "affiliation"} == {
        "attacked": 1,
        "negotiatedWith": 10,
        "addressed": 3,
        "pressed": 1,
        "member": 5,
        "represents": 3,
    }


def test_events_have_their_attackers_targets_and_places_as_neighbours() -> None:
    strike = f"{ID}event/2026-01-24-kharkiv-strike"

    around = [edge for edge in _network("events").edges if strike in (edge.source, edge.target)]

    assert _told(around) == [
        "actor:russia Attacker event:2026-01-24-kharkiv-strike",
        "event:2026-01-24-kharkiv-strike hit site:2026-01-24-kharkiv-dormitory",
        "event:2026-01-24-kharkiv-strike hit site:2026-01-24-kharkiv-maternity-hospital",
        "event:2026-01-24-kharkiv-strike partOf event:2026-01-24-assault",
        "event:2026-01-24-kharkiv-strike place region:kharkiv",
    ]
    assert {(edge.start, edge.end) for edge in around} == {NIGHT}
    assert around[2].quotes == ("In Kharkiv, strikes hit a maternity hospital",)
    assert around[2].label == "hit"


def test_a_target_that_one_calls_primary_and_another_does_not_is_two_edges() -> None:
    targets = [edge for edge in _network("events").edges if edge.kind.endswith("arget")]

    assert [(edge.kind, edge.speakers) for edge in targets if edge.kind != "Target"] == [
        ("primaryTarget", (OUTLET,)),
        ("target", ("Volodymyr Zelenskyy",)),
    ]


def test_a_property_that_only_the_build_added_is_no_edge() -> None:
    graph = small_graph(
        "event:raid a pol:Attack ; pol:primaryTarget region:city . region:city a pol:City ."
    )

    assert _told(list(network(graph.select, "events").edges)) == [
        "event:raid primaryTarget region:city"
    ]


def test_a_node_tells_when_and_where_and_how_surely() -> None:
    nodes = {short(node.iri): node for node in _network("events").nodes}

    assert nodes["event:2026-01-24-kyiv-strike"] == Node(
        iri=f"{ID}event/2026-01-24-kyiv-strike",
        label="Strike on Kyiv, 24 January 2026",
        kind="AerialAttack",
        start=NIGHT[0],
        end=NIGHT[1],
        longitude=30.52333,
        latitude=50.45,
        attributes=(
            ("date precision", "night"),
            ("coordinates of", "Kyiv"),
            ("place precision", "city"),
        ),
    )
    donbas = nodes["event:donbas-flashpoint"]
    assert (donbas.longitude, donbas.latitude) == (32.140865, 49.724739)
    assert dict(donbas.attributes)["place precision"] == "country"
    assert nodes["event:russia-demands-donbas"].kind == "Demand"
    assert nodes["region:kyiv"].wikidata == "Q1899"


def test_labels_come_in_the_language_asked_for() -> None:
    nodes = {short(node.iri): node.label for node in _network("actors", "uk").nodes}
    edges = {edge.kind: edge for edge in _network("actors", "uk").edges}

    assert nodes["actor:vitali-klitschko"] == "Віталій Кличко"
    assert edges["attacked"].label == "Повітряний удар по Україні 24 січня 2026 року"
    assert edges["member"].label == "член"


def test_labels_fall_back_to_english_and_then_to_the_name() -> None:
    graph = small_graph("""
        actor:team a pol:Organisation ; pol:member actor:one .
        actor:one a pol:Person ; <http://www.w3.org/2000/01/rdf-schema#label> "One"@en .
    """)

    found = network(graph.select, "actors", "uk")

    assert [node.label for node in found.nodes] == ["One", "actor:team"]
    assert [edge.label for edge in found.edges] == ["член"]


@pytest.mark.parametrize("mode", MODES)
def test_every_edge_ends_at_a_node_and_no_name_comes_twice(mode: str) -> None:
    found = _network(mode)
    nodes, edges = list(found.nodes), list(found.edges)

    iris = [node.iri for node in nodes]
    assert {end for edge in edges for end in (edge.source, edge.target)} <= set(iris)
    assert len(set(iris)) == len(iris)
    assert len({edge.iri for edge in edges}) == len(edges)
    assert all(len(edge.claims) == len(edge.speakers) == len(edge.quotes) for edge in edges)
    assert (nodes, edges) == (list(found.nodes), list(found.edges))


def test_all_events_are_nodes_also_those_by_themselves() -> None:
    events = [node for node in _network("events").nodes if "/event/" in node.iri]

    assert len(events) == 23


def test_an_end_that_nothing_describes_is_a_node_all_the_same() -> None:
    graph = small_graph("actor:team pol:member actor:one .")

    assert list(network(graph.select, "actors").nodes) == [
        Node(f"{ID}actor/one", "actor:one", "Thing"),
        Node(f"{ID}actor/team", "actor:team", "Thing"),
    ]


def test_nothing_is_asked_before_something_is_read() -> None:
    def select(query: str, bindings: Mapping[str, Term]) -> Solutions:
        raise AssertionError("asked too early")

    assert network(select, "actors").title == "Actors, and what they did to and with each other"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("format", NETWORK_EXPORTS)
def test_every_format_can_write_every_mode(mode: str, format: str) -> None:
    stream = BytesIO()

    NETWORK_EXPORTS[format].write(_network(mode), stream)

    assert stream.getvalue()


def test_an_unknown_mode_is_named_with_the_closest() -> None:
    with pytest.raises(NotFound) as raised:
        _network("actor")

    assert str(raised.value) == (
        "There is no network “actor”. Did you mean actors? Use actors or events."
    )
