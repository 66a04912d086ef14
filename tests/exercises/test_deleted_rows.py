"""DuckDB converts deleted rows too when a column's type changes: an exercise had to know that."""

from __future__ import annotations

import duckdb
import pytest


def test_a_deleted_value_still_stops_a_change_of_type() -> None:
    with duckdb.connect(":memory:") as con:
        con.execute("CREATE TABLE t (p VARCHAR)")
        con.execute("INSERT INTO t VALUES ('2'), ('')")
        con.execute("DELETE FROM t WHERE p = ''")
        with pytest.raises(duckdb.ConversionException, match='Could not convert string ""'):
            con.execute("ALTER TABLE t ALTER COLUMN p TYPE DECIMAL(10, 2)")
