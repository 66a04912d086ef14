"""How far a run is, in one line."""

from __future__ import annotations

from .progress import Progress


def progress_text(at: Progress) -> str:
    """The line: what is most wanted first, since a narrow terminal shows only that."""
    parts = []
    if at.migrations > 1:
        parts.append(f"migration {at.number:,} of {at.migrations:,}")
    if at.step:
        parts.append(f"step {at.step:,} of {at.steps:,}")
    if at.rows is not None and at.total:
        parts.append(f"{at.rows:,} of about {at.total:,} rows")
    elif at.fraction is not None:
        parts.append(f"{at.fraction:.0%}")
    parts.append(_time(at.seconds))
    where = ", on its shadow" if at.phase == "shadow" else ""
    name = f"{at.migration}{where} " if at.migration else ""
    return f"{', '.join(parts)}: {name}{at.words}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
