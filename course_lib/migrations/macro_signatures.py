"""The parameters of macros, with their types and defaults, which no listing has.

DuckDB names them to whoever calls a macro with more arguments than any form of it takes. The call
is refused before it runs anything.
"""

from __future__ import annotations

import duckdb

_BEGIN, _END = "Candidate macros:\n\t", "\n\nLINE 1: "


def read_signatures(con: duckdb.DuckDBPyConnection, name: str, *, table: bool, most: int) -> str:
    """The forms of a macro: `f(a INTEGER, b := 2), f(a VARCHAR)`; "" where it cannot be called.

    `name` is the macro's in SQL, with its database, and `most` the number of arguments that its
    longest form takes. A macro of a transaction that is not committed cannot be called.
    """
    call = f"{'FROM' if table else 'SELECT'} {name}({', '.join(['1'] * (most + 1))})"
    # A refusal ends a transaction, so this is never the caller's.
    cursor = con.cursor()
    try:
        cursor.execute(call).fetchall()
    except duckdb.BinderException as error:
        _, _, forms = str(error).partition(_BEGIN)
        # Of a call in FROM, DuckDB does not show the place.
        forms = forms if table else forms.rpartition(_END)[0]
        return forms.strip().replace("\n\t", ", ")
    except duckdb.Error:
        return ""
    finally:
        cursor.close()
    return ""
