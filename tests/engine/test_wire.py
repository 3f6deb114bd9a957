from hypothesis import given
from hypothesis import strategies as st

from graph.engine.wire import Head, Inbox, Kind, Request, frame


def test_a_request_crosses_whole() -> None:
    request = Request(
        "/store", "SELECT \ud800", ("a:b",), (), None, "text/turtle", {"x": '"1"'}, 1_000_000
    )

    [(kind, payload)] = Inbox().frames(request.to_bytes())

    assert kind == Kind.REQUEST
    assert Request.from_bytes(payload) == request


def test_a_head_has_its_body_behind_it() -> None:
    head = Head("application/sparql-results+json", truncated=True, keepable=False)

    assert Head.from_bytes(head.to_bytes() + b"{}") == (head, b"{}")


@given(st.lists(st.tuples(st.sampled_from(Kind), st.binary(max_size=40))), st.data())
def test_frames_come_out_as_they_went_in_however_they_are_cut(
    frames: list[tuple[Kind, bytes]], data: st.DataObject
) -> None:
    sent = b"".join(frame(kind, payload) for kind, payload in frames)
    inbox = Inbox()
    received: list[tuple[int, bytes]] = []

    while sent:
        size = data.draw(st.integers(1, len(sent)))
        received += inbox.frames(sent[:size])
        sent = sent[size:]

    assert received == frames
