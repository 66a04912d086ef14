"""Random schemas with rows, random operations: up and then down brings back schema and data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from ..databases import picture, state
from ..random_databases import databases, make
from .random_operations import fill, operations_for
from .world import migrate, take_back

COMMON = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)


def up_and_down(data: st.DataObject) -> None:
    """One random database and migration; what is refused changes nothing, the rest comes back."""
    with tempfile.TemporaryDirectory() as name, duckdb.connect(Path(name) / "x.duckdb") as con:
        make(con, data.draw(databases()))
        data.draw(st.composite(lambda draw: fill(draw, con))())
        before = picture(con)
        chosen = st.lists(st.sampled_from(operations_for(con)), min_size=1, max_size=3)
        operations = ",\n    ".join(data.draw(chosen))
        at_first = state(con)
        up = migrate(con, Path(name), operations, shadow=data.draw(st.booleans()))
        if up.failure is not None:
            event("refused")
            assert state(con)[:2] == at_first[:2]
            return
        event(f"done: {up.done[0].guard}")
        down = take_back(con, Path(name))
        assert down.failure is None, str(down.failure)
        after = picture(con)
        ignored = {"tables": 0, "next values": 0}
        assert {**after, **ignored} == {**before, **ignored}


@settings(COMMON, max_examples=60)
@given(st.data())
def test_up_and_down_brings_back_schema_and_rows(data: st.DataObject) -> None:
    up_and_down(data)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(COMMON, max_examples=200)
@given(st.data())
def test_up_and_down_brings_back_schema_and_rows_two_hundred_times(data: st.DataObject) -> None:
    up_and_down(data)
