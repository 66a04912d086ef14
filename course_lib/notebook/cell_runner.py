"""Runs the cells of a notebook in this process, without a kernel, and keeps what they show."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

Output = dict[str, Any]
"""One output of a cell, as nbformat 4 stores it."""

_TEXT = "_text_of_the_answer"


class CellRunner:
    """One notebook's worth of state. `folder` is where IPython may keep its own files."""

    def __init__(self, folder: Path) -> None:
        config = Config()
        # Its thread would write to a file what nobody reads.
        config.HistoryManager.enabled = False
        self._shell = _Shell.instance(config=config, ipython_dir=str(folder))

    @property
    def count(self) -> int:
        """The number of the cell that was run last, from 1."""
        return int(self._shell.execution_count) - 1

    def run(self, source: str) -> list[Output]:
        """Run one cell of the instructor's; its outputs in their order, an error among them."""
        with _collect(self._shell) as outputs:
            self._shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        return outputs

    def run_answer(self, source: str) -> list[Output]:
        """Run a cell whose first line is a cell magic. All below it is data: it is handed to the
        magic as it is, and neither Python nor IPython reads it."""
        first, _, body = source.partition("\n")
        name, _, words = first.removeprefix("%%").partition(" ")
        self._shell.user_ns[_TEXT] = body + "\n"
        call = f"get_ipython().run_cell_magic({name!r}, {words!r}, {_TEXT})"
        try:
            return self.run(call)
        finally:
            self._shell.user_ns.pop(_TEXT, None)


class _Stream:
    """`sys.stdout` or `sys.stderr` of a cell; text that follows text is one output."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, outputs: list[Output]) -> None:
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        """Keep the text."""
        for output in self._outputs:
            if output["output_type"] == "stream" and output["name"] == self._name:
                output["text"] += text
                return len(text)
        if text:
            self._outputs.append({"output_type": "stream", "name": self._name, "text": text})
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def isatty(self) -> bool:
        """No terminal, as under a kernel."""
        return False


class _Results(DisplayHook):
    """What the last expression of a cell gives."""

    def write_output_prompt(self) -> None:
        """A notebook has no prompt in its text."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep the value in all its formats."""
        _outputs(self.shell).append(
            {
                "output_type": "execute_result",
                "data": format_dict,
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        """A terminal's line feed has no place here."""
        self._is_active = False


class _Displays(DisplayPublisher):
    """What `display` is asked to show."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **kwargs: Any) -> None:
        """Keep it; an update takes the place of what has the same display id."""
        transient = kwargs.get("transient") or {}
        output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        known = _ids(self.shell)
        key = transient.get("display_id")
        if kwargs.get("update"):
            known.get(key, {}).update(data=data, metadata=metadata or {})
            return
        if key is not None:
            known[key] = output
        _outputs(self.shell).append(output)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what this cell has shown."""
        _outputs(self.shell).clear()


class _Shell(InteractiveShell):
    displayhook_class = Type(_Results)
    display_pub_class = Type(_Displays)
    only_saves_answers = True
    """What `%%answer` goes by: here its text is data, and the check runs it in a box."""

    def __init__(self, **kwargs: Any) -> None:
        self.collected: list[Output] = []
        self.known_displays: dict[Any, Output] = {}
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.collected.append(
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": str(evalue),
                "traceback": list(stb),
            }
        )

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window to open."""


def _outputs(shell: Any) -> list[Output]:
    found: list[Output] = shell.collected
    return found


def _ids(shell: Any) -> dict[Any, Output]:
    found: dict[Any, Output] = shell.known_displays
    return found


@contextlib.contextmanager
def _collect(shell: _Shell) -> Iterator[list[Output]]:
    shell.collected = []
    before = sys.stdout, sys.stderr
    sys.stdout = _Stream("stdout", shell.collected)
    sys.stderr = _Stream("stderr", shell.collected)
    try:
        yield shell.collected
    finally:
        sys.stdout, sys.stderr = before
