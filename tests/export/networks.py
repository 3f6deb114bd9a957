"""Networks to export: a small one that a reader can follow, and any at all."""

from __future__ import annotations

from hypothesis import strategies as st

from graph.network import Edge, Network, Node

STRIKE = "https://w3id.org/polemos/id/event/strike"
KYIV = "https://w3id.org/polemos/id/region/kyiv"
MAYOR = "https://w3id.org/polemos/id/actor/mayor"

SMALL = Network(
    "A strike & what was said of it (synthetic)",
    (
        Node(
            STRIKE,
            'Strike on "Kyiv"',
            "Attack",
            start="2026-01-24T00:00:00+02:00",
            end="2026-01-24T06:00:00+02:00",
            longitude=30.5234,
            latitude=50.4501,
            attributes=(
                ("date precision", "Night"),
                ("killed", 1),
                ("size", 2.5),
                ("weapon", "drone"),
                ("weapon", "missile"),
            ),
        ),
        Node(KYIV, "Київ", "Region", longitude=30.5234, latitude=50.4501, wikidata="Q1899"),
        Node(MAYOR, "Mayor, of Kyiv", "Person", attributes=(("killed", 0), ("in office", True))),
    ),
    (
        Edge(
            "https://w3id.org/polemos/id/edge/1",
            STRIKE,
            KYIV,
            "place",
            "took place in",
            start="2026-01-24T00:00:00+02:00",
            weight=2.0,
            claims=("urn:claim:1", "urn:claim:2"),
            speakers=("Mayor", "Air Force | Ukraine"),
            quotes=('one fatality, "four" injuries', "=cmd() ]]> <b>"),
        ),
        Edge("https://w3id.org/polemos/id/edge/2", STRIKE, KYIV, "target", "aimed at"),
        Edge("https://w3id.org/polemos/id/edge/3", MAYOR, STRIKE, "reported", "reported"),
    ),
)

HOSTILE = (
    "",
    " ",
    "'",
    "\"quoted\" and 'quoted'",
    "]]>",
    "<script>alert(1)</script> & &amp;",
    "a\nb\r\nc\rd\te",
    "\ufeff\u200b\u00ad\u0085\u2028",
    "\u202eabc\u202c \u2066def\u2069",
    "=cmd()",
    "'=cmd()",
    "＝cmd()",
    "-1",
    "+380",
    "@home",
    "Київ",
    "🕊️ 𝕏",
    "a | b",
    "|",
    "\\",
    "\\| \\\\",
    " | ",
)
FORBIDDEN_IN_XML = "\x00\x07\x1b\ufffe\ud800"

_texts = st.text(max_size=12) | st.sampled_from(HOSTILE)
# XML 1.0 cannot hold the others; that they are left out is a test of its own.
xml_texts = _texts.filter(
    lambda text: all(c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") for c in text)
)
_numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_degrees = st.floats(-90, 90)
_moments = st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())


@st.composite
def networks(draw: st.DrawFn, texts: st.SearchStrategy[str] = _texts) -> Network:
    """A network with up to five nodes, any edges among them, and hostile words everywhere."""
    names = st.from_regex(r"[A-Za-z][a-z ]{0,5}\Z", fullmatch=True)
    values = texts | st.booleans() | _numbers
    nodes = [
        Node(
            f"urn:node:{number}",
            draw(texts),
            draw(texts),
            draw(st.none() | _moments),
            draw(st.none() | _moments),
            draw(st.none() | _degrees),
            draw(st.none() | _degrees),
            draw(st.none() | texts),
            tuple(draw(st.dictionaries(names, values, max_size=3)).items()),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    ends = st.sampled_from([node.iri for node in nodes])
    edges = []
    for number in range(draw(st.integers(0, 5))):
        claims = tuple(f"urn:claim:{n}" for n in range(draw(st.integers(0, 3))))
        words = st.tuples(*(texts for _ in claims))
        edges.append(
            Edge(
                f"urn:edge:{number}",
                draw(ends),
                draw(ends),
                draw(texts),
                draw(texts),
                draw(st.none() | _moments),
                draw(st.none() | _moments),
                draw(st.floats(0, 1e9)),
                claims,
                draw(words),
                draw(words),
            )
        )
    return Network(draw(texts), tuple(nodes), tuple(edges))
