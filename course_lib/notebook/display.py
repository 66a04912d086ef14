"""What a cell shows: HTML that follows the theme, and the same as plain text.

Everything that the magics show is put together from the pieces here, so that a page read aloud, a
terminal and a saved notebook on another site say the same as the coloured one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from IPython.display import display

Tone = Literal["plain", "done", "refused", "note"]

STYLE = """<style>
.updown { color: var(--jp-content-font-color1, var(--vscode-foreground, inherit));
  font-family: var(--jp-content-font-family, system-ui, sans-serif);
  font-size: var(--jp-content-font-size1, 14px); line-height: 1.5; margin: 4px 0 8px;
  padding: 2px 0 2px 12px; border-left: 3px solid var(--jp-border-color1, #8888); max-width: 60em; }
.updown.updown-done { border-left-color: var(--jp-success-color1, #2e7d32); }
.updown.updown-refused { border-left-color: var(--jp-error-color1, #c62828); }
.updown.updown-note { border-left-color: var(--jp-warn-color1, #b26a00); }
.updown p { margin: 2px 0; }
.updown p.updown-title { font-weight: 600; }
.updown ol, .updown ul { margin: 4px 0; padding-left: 2em; }
.updown li { margin: 3px 0; }
.updown code { font-family: var(--jp-code-font-family, monospace); font-size: 0.93em;
  background: var(--jp-layout-color2, #8882); padding: 0 4px; border-radius: 2px;
  color: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
.updown code.updown-short { white-space: nowrap; }
.updown pre { font-family: var(--jp-code-font-family, monospace); font-size: 0.93em; margin: 4px 0;
  color: inherit; background: none; white-space: pre-wrap; word-break: normal;
  overflow-wrap: anywhere; }
.updown .updown-scroll { overflow-x: auto; }
.updown .updown-scroll table { border-collapse: collapse; margin: 4px 0; font-size: 0.93em; }
.updown .updown-scroll :is(th, td) { text-align: left; padding: 2px 12px 2px 6px;
  border-bottom: 1px solid var(--jp-border-color2, #8884); white-space: pre; background: none; }
.updown .updown-scroll .updown-number:is(th, td) { text-align: right;
  font-variant-numeric: tabular-nums; }
.updown .updown-type, .updown .updown-soft, .updown .updown-null {
  color: var(--jp-content-font-color2, var(--vscode-descriptionForeground, inherit));
  font-weight: 400; }
.updown .updown-null { font-style: italic; }
.updown td :is(.updown-null, .updown-soft) { color: inherit; } /* rows are striped */
.updown caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
</style>"""


@dataclass(frozen=True)
class Shown:
    """Something to show, twice: `html` for the page, `text` for everything else."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def show(thing: Any) -> None:
    """Put something into the output of the cell that runs: a Shown, or a widget."""
    display(thing)  # type: ignore[no-untyped-call]


def sentence(text: str) -> Shown:
    """One paragraph; words between backticks are code."""
    return Shown(f"<p>{_with_code(text)}</p>", text)


def words(text: str) -> Shown:
    """Text for a cell of a table; words between backticks are code."""
    return Shown(_with_code(text), text)


def soft(text: str) -> Shown:
    """A paragraph that stands back."""
    return Shown(f'<p class="updown-soft">{_with_code(text)}</p>', text)


def listing(text: str) -> Shown:
    """What a program wrote, line by line."""
    return Shown(f"<pre>{escape(text)}</pre>", text)


def code_list(items: Iterable[tuple[str, str]]) -> Shown:
    """Statements, numbered, each with what is to be said about it."""
    pairs = list(items)
    rows = "".join(
        f"<li><code>{escape(sql)}</code>{_gap(sql, say)}{_with_code(say)}</li>"
        for sql, say in pairs
    )
    lines = []
    for number, (sql, say) in enumerate(pairs, start=1):
        lines += [f"{number}. {sql}", f"   {say}"]
    return Shown(f"<ol>{rows}</ol>", "\n".join(lines))


def bullets(lines: Iterable[str]) -> Shown:
    """Sentences, one below the other."""
    items = list(lines)
    rows = "".join(f"<li>{_with_code(item)}</li>" for item in items)
    return Shown(f"<ul>{rows}</ul>", "\n".join(f"- {item}" for item in items))


def table(
    columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]], *, caption: str
) -> Shown:
    """A result: columns as (name, type), NULL and blank texts told apart from words.

    `caption` is for those who hear the page; the first line of the panel says it to the eyes.
    """
    hows = [_number_class(row[index] for row in rows) for index in range(len(columns))]
    head = "".join(
        f'<th scope="col"{how}>{escape(name)}'
        + (f'<br><span class="updown-type">{escape(kind)}</span>' if kind else "")
        + "</th>"
        for (name, kind), how in zip(columns, hows, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(_cell_html, row, hows))}</tr>" for row in rows)
    html = (
        f'<div class="updown-scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return Shown(html, _text_table([name for name, _ in columns], rows))


def panel(title: str, *parts: Shown, tone: Tone = "plain") -> Shown:
    """One cell's output: a first line that says how it went, then the rest."""
    inside = "".join(part.html for part in parts)
    text = "\n".join([title, *(part.text for part in parts)])
    return Shown(
        f'{STYLE}<div class="updown updown-{tone}"><p class="updown-title">{_with_code(title)}</p>'
        f"{inside}</div>",
        text,
    )


def with_note(shown: Shown, text: str) -> Shown:
    """A panel with one more line at its end, which stands back."""
    note = soft(text)
    inside = shown.html.removesuffix("</div>")
    return Shown(f"{inside}{note.html}</div>", f"{shown.text}\n{note.text}")


def _gap(sql: str, say: str) -> str:
    # A word such as "done" stands beside its statement. A sentence stands below it, and so does
    # what would break in two beside it.
    beside = len(say) <= 30 and (len(say) <= 6 or len(sql) + len(say) <= 55)
    return "&ensp;" if beside else "<br>"


def _with_code(text: str) -> str:
    pieces = escape(text).split("`")
    if len(pieces) % 2 == 0:  # a backtick without its partner is a plain character
        return escape(text)
    return "".join(_code(piece) if index % 2 else piece for index, piece in enumerate(pieces))


def _code(piece: str) -> str:
    # A short one, such as `-- migrate:up`, goes to the next line whole.
    how = ' class="updown-short"' if len(piece) <= 30 else ""
    return f"<code{how}>{piece}</code>"


def _cell_html(value: object, how: str = "") -> str:
    if isinstance(value, Shown):
        return f"<td>{value.html}</td>"
    if value is None:
        return f'<td{how}><span class="updown-null">NULL</span></td>'
    text = _cell_text(value)
    if isinstance(value, str) and not value.strip():
        return f'<td><span class="updown-soft">{escape(text)}</span></td>'
    own = _number_class([value]) or ' dir="auto"'
    return f"<td{own}>{escape(text)}</td>"


def _cell_text(value: object) -> str:
    if isinstance(value, Shown):
        return value.text
    if value is None:
        return "NULL"
    if isinstance(value, str) and not value.strip():
        return f"'{value}'"
    text = str(value)
    return text if len(text) <= 200 else text[:199] + "…"


def _number_class(values: Iterable[object]) -> str:
    kinds = {type(value).__name__ for value in values if value is not None}
    return ' class="updown-number"' if kinds and kinds <= {"int", "float", "Decimal"} else ""


def _text_table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    cells = [list(names), *([_cell_text(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(names))]
    lines = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
