"""Reading SQL that DuckDB wrote itself: lists, what stands in brackets, names."""

from __future__ import annotations

import re

import duckdb

from .quoting import quote

IDENTIFIER = r'(?:"(?:[^"]|"")+"|\w+)'

_PIECE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[(\[{]|[)\]}]|.", re.DOTALL)


def masked(text: str) -> str:
    """The text with every character in brackets, strings and quoted names hidden behind a NUL.

    >>> masked("a DECIMAL(8,2) DEFAULT(')')").count(chr(0))
    6
    """
    parts = []
    depth = 0
    for piece in _PIECE.findall(text):
        if piece in ")]}":
            depth -= 1
        hide = depth > 0 or len(piece) > 1
        parts.append("\0" * len(piece) if hide else piece)
        if piece in "([{":
            depth += 1
    return "".join(parts)


def inside(text: str) -> str:
    """What stands in the first pair of brackets.

    >>> inside("CHECK((a > ')'))")
    "(a > ')')"
    """
    hidden = masked(text)
    start = hidden.index("(")
    return text[start + 1 : hidden.index(")", start)]


def listed(text: str) -> list[str]:
    """The parts of a list, parted by commas that stand in no bracket and in no string."""
    hidden, parts, start = masked(text), [], 0
    for at, character in enumerate(hidden):
        if character == ",":
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]


def index_parts(sql: str) -> tuple[tuple[str, ...], str, str]:
    """Of DuckDB's text of an index: its expressions, `USING HNSW`, and `WITH (metric = 'l2sq')`.

    The last two are mostly empty.
    """
    hidden = masked(sql)
    start = hidden.index("(")
    end = hidden.index(")", start)
    method = re.search(r"\bUSING \w+", hidden[:start])
    rest = " ".join(sql[end + 1 :].strip("; \n").split())
    return tuple(listed(sql[start + 1 : end])), method[0] if method else "", rest


def bare(identifier: str) -> str:
    """A name without the quotes that SQL needs around it."""
    if identifier.startswith('"'):
        return identifier[1:-1].replace('""', '"')
    return identifier


def qualified_names(sql: str) -> list[tuple[str | None, str]]:
    """Every name in a text with the name before its dot, None where there is none.

    >>> qualified_names("((t.a > 0) AND (b.c = d))")
    [(None, 't'), ('t', 'a'), (None, 'b'), ('b', 'c'), (None, 'd')]
    """
    raw = sql.encode()
    found: list[tuple[str | None, str]] = []
    for word, start, _ in _identifiers(sql):
        field = raw[:start].rstrip().endswith(b".")
        found.append((found[-1][1] if field and found else None, bare(word)))
    return found


def names_in(sql: str) -> set[str]:
    """Every name in a text, in lower case: columns, tables and functions alike."""
    return {bare(word).lower() for word, _, _ in _identifiers(sql)}


def renamed(sql: str, old: str, new: str) -> str:
    """An expression with the column `old` called `new`; functions and fields of that name stay.

    >>> renamed("(lower(a) || t.a || 'a')", "a", "b c")
    '(lower("b c") || t.a || \\'a\\')'
    """
    raw = sql.encode()
    for word, start, end in reversed(_identifiers(sql)):
        before, after = raw[:start].rstrip(), raw[end:].lstrip()
        field, function = before.endswith(b"."), after.startswith(b"(")
        if bare(word).lower() == old.lower() and not field and not function:
            raw = raw[:start] + quote(new).encode() + raw[end:]
    return raw.decode()


def _identifiers(sql: str) -> list[tuple[str, int, int]]:
    """The names of a text, and where each begins and ends, in bytes."""
    raw = sql.encode()
    tokens = duckdb.tokenize(sql)
    ends = [*(start for start, _ in tokens[1:]), len(raw)]
    found = []
    for (start, kind), end in zip(tokens, ends, strict=True):
        word = raw[start:end].rstrip()
        if kind != duckdb.token_type.identifier:
            continue
        match = re.match(IDENTIFIER, word.decode())
        if match is not None:
            found.append((match[0], start, start + len(match[0].encode())))
    return found
