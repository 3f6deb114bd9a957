import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.tokens import readings, tokens, unescaped


def kinds(text: str) -> list[tuple[str | None, str]]:
    return [(token.lastgroup, token[0]) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("SELECT*{}", [("word", "SELECT"), ("mark", "*"), ("mark", "{"), ("mark", "}")]),
        ("# a comment { \r?x", [("variable", "?x")]),
        ("<http://a/b#c>", [("iri", "<http://a/b#c>")]),
        ("?a < 5", [("variable", "?a"), ("mark", "<"), ("number", "5")]),
        ("?a<=?b", [("variable", "?a"), ("mark", "<"), ("mark", "="), ("variable", "?b")]),
        (r"<http://a/\u00e9>", [("iri", r"<http://a/\u00e9>")]),
        ('"a # b"', [("string", '"a # b"')]),
        (r'"a \" b" x', [("string", r'"a \" b"'), ("word", "x")]),
        ("'it\\'s'", [("string", "'it\\'s'")]),
        ('"""a "" b\n"c" """', [("string", '"""a "" b\n"c" """')]),
        ("'''a'b'''", [("string", "'''a'b'''")]),
        ('""', [("string", '""')]),
        ('("""x")', [("mark", "("), ("string", '""'), ("string", '"x"'), ("mark", ")")]),
        ('"x"@en-GB', [("string", '"x"'), ("language", "@en-GB")]),
        ("ex:a.b.", [("name", "ex:a.b"), ("mark", ".")]),
        (r"ex:a\-b%41:c", [("name", r"ex:a\-b%41:c")]),
        (":", [("name", ":")]),
        ("Україна:Київ", [("name", "Україна:Київ")]),
        ("_:b.1.", [("blank", "_:b.1"), ("mark", ".")]),
        ("?змінна $x", [("variable", "?змінна"), ("variable", "$x")]),
        ("1.5e-3 .5 1.", [("number", "1.5e-3"), ("number", ".5"), ("number", "1"), ("mark", ".")]),
        ("trueSERVICE", [("word", "trueSERVICE")]),
        ("a \\ b", [("word", "a")]),
        ("a \u00a0 b", [("word", "a")]),
        ('a "open', [("word", "a")]),
        ("a 'no\nline'", [("word", "a")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@given(st.text())
def test_any_text_is_read_to_its_end_or_to_what_is_no_token(text: str) -> None:
    assert all(token[0] for token in tokens(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_comment_hides_its_line_and_no_more(text: str) -> None:
    line = text.replace("\n", " ").replace("\r", " ")

    assert kinds(f"a #{line}\nb") == [("word", "a"), ("word", "b")]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(['"', "'", '"""', "'''"]))
def test_a_string_hides_what_is_in_it(text: str, quote: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    string = quote + escaped.replace(quote[0], f"\\{quote[0]}") + quote

    assert kinds(f"a{string}b") == [("word", "a"), ("string", string), ("word", "b")]


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    """Each of these was chosen to make a careless pattern go back again and again."""
    for part in (
        '"""\\"',
        "'''x' ex:\\'",
        '"',
        "<",
        "<a#",
        "<'",
        "a.",
        "ex:a.",
        "#\n",
        "@a-",
        "(((",
    ):
        text = part * 20_000
        assert sum(len(token[0]) for token in readings(text)) <= 4 * len(text)
        assert sum(len(token[0]) for token in tokens(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FILTER(?a<1)SERVICE#>\n", {"FILTER", "SERVICE"}),
        ("FILTER(?a<1#> '''\n)SERVICE #'''", {"FILTER", "SERVICE"}),
        ("FILTER(?a<'>')SERVICE", {"FILTER", "SERVICE"}),
        ("?s ?p '''SERVICE''' # SERVICE", set()),
        ("?s ?p <http://example.org/SERVICE>", set()),
    ],
)
def test_words_of_any_reading_are_found(text: str, words: set[str]) -> None:
    """Where ``<`` may be an operator, the words behind both readings are given."""
    assert {token[0] for token in readings(text)} >= words
    if not words:
        assert list(readings(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\u0053ERVICE", "SERVICE"),
        (r"\U00000053ERVICE", "SERVICE"),
        (r"\u005\u0053", r"\u005S"),
        (r"\U00110000", "\ufffd"),
    ],
)
def test_codepoint_escapes(text: str, expected: str) -> None:
    assert unescaped(text) == expected
