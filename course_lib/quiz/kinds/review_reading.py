"""A review from its table in a bank, with the lines of its file numbered."""

from __future__ import annotations

from course_lib.quiz.kinds.review import APPROVE, Line, Reason, Review
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader


def read_review(reader: Reader, raw: dict[str, object], at: Path) -> Review:
    """A review from its table in a bank."""
    common = reader.common(raw, at, {APPROVE, "hasty", "line", "reason"})
    if "sql" not in raw:
        reader.code(raw, at, "sql")
    common["sql"] = _numbered(common["sql"] or "")
    lines = [_line(reader, table, to) for to, table in reader.tables(raw, at, "line")]
    reasons = [_reason(reader, table, to) for to, table in reader.tables(raw, at, "reason")]
    return Review(
        lines=tuple(lines),
        reasons=tuple(reasons),
        approved=reader.text(raw, at, APPROVE),
        hasty=_belief(reader, raw, at, "hasty"),
        **common,
    )


def _line(reader: Reader, raw: dict[str, object], at: Path) -> Line:
    reader.known(raw, at, {"line", "explanation", "misconception"})
    number = int(reader.number(raw, at, "line"))
    return Line(number, reader.text(raw, at, "explanation"), _belief(reader, raw, at))


def _reason(reader: Reader, raw: dict[str, object], at: Path) -> Reason:
    reader.known(raw, at, {"id", "text", "explanation", "line", "misconception"})
    return Reason(
        id=reader.id(raw, at),
        text=reader.text(raw, at, "text"),
        explanation=reader.text(raw, at, "explanation"),
        line=int(reader.number(raw, at, "line")) if "line" in raw else None,
        misconception=_belief(reader, raw, at),
    )


def _belief(
    reader: Reader, raw: dict[str, object], at: Path, key: str = "misconception"
) -> str | None:
    return reader.text(raw, at, key) if key in raw else None


def _numbered(text: str) -> str:
    return "\n".join(
        f"{number:>2}  {line}".rstrip() for number, line in enumerate(text.splitlines(), start=1)
    )
