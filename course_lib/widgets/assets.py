"""A widget's script and style, put together from files: what several share comes first."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def script_of(name: str) -> str:
    """The module of a widget: `parts.js`, then its own file. No bundler, and it loads nothing."""
    return _read("parts.js") + _read(f"{name}.js")


def style_of(*names: str) -> str:
    """The styles of these names, in their order."""
    return "".join(_read(f"{name}.css") for name in names)


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
