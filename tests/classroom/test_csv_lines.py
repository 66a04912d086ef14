"""A list without the lines of one learner: whatever the cells hold, all other bytes stay."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.classroom.csv_lines import drop_lines, lines_of

CELLS = st.text(st.sampled_from('ab,;"\n\r \u2028=ż'), max_size=6)
IDS = st.sampled_from(["ada", "adam", "grace", " ada ", ""])


def as_text(row: tuple[str, ...], end: str) -> str:
    text = io.StringIO(newline="")
    # Python's writer leaves a bare carriage return without quotes, and then it ends a line.
    quoting = csv.QUOTE_ALL if any("\r" in cell for cell in row) else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator=end, quoting=quoting).writerow(row)
    return text.getvalue()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, IDS, CELLS), max_size=6),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_only_the_lines_of_the_learner_go(
    tmp_path: Path, rows: list[tuple[str, str, str]], end: str, mark: str
) -> None:
    path = tmp_path / "roster.csv"
    texts = [as_text(row, end) for row in rows]
    head = mark + as_text(("room", "id", "note"), end)
    path.write_text(head + "".join(texts), encoding="utf-8", newline="")
    mine = [row[1].strip() == "ada" for row in rows]
    assert lines_of(path, "id", "ada") == sum(mine)
    drop_lines(path, "id", "ada")
    left = head + "".join(text for text, is_mine in zip(texts, mine, strict=True) if not is_mine)
    assert path.read_bytes() == left.encode()
    assert [one.name for one in tmp_path.iterdir()] == ["roster.csv"]


@pytest.mark.parametrize("content", [b'id\nada,"open', b"id\n\xff\n"])
def test_what_is_no_csv_is_told_and_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"CSV|utf-8"):
        drop_lines(path, "id", "ada")
    assert path.read_bytes() == content


def test_without_the_file_or_the_column_there_is_no_line(tmp_path: Path) -> None:
    assert lines_of(tmp_path / "none.csv", "id", "ada") == 0
    (tmp_path / "other.csv").write_text("name\nada\n")
    assert lines_of(tmp_path / "other.csv", "id", "ada") == 0


def test_the_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("id\nada\ngrace\n")
    path.chmod(0o600)
    drop_lines(path, "id", "ada")
    assert path.read_text() == "id\ngrace\n" and path.stat().st_mode & 0o777 == 0o600
