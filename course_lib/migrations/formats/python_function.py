"""A function of a Python migration: its file is run when the function is called, not before."""

from __future__ import annotations

import traceback
import warnings
from dataclasses import dataclass, field

import duckdb

from ..errors import PythonStepError
from ..migration import Step
from ..operations.database import Database


@dataclass(frozen=True)
class PythonFunction:
    """A function at the top of a file, by its name and line; `words` is what its author says of it.

    It is called with a `Database`. Whatever its code raises becomes a `PythonStepError` with the
    line of the file.
    """

    source: str = field(repr=False)
    file: str
    name: str
    line: int
    words: str

    def __call__(self, db: Database) -> None:
        """Run the file, then the function, on a database."""
        names: dict[str, object] = {"__name__": "migration", "__file__": self.file}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                code = compile(self.source, self.file, "exec", dont_inherit=True)
            exec(code, names)
            function = names[self.name]
            assert callable(function), f"{self.name} is a function no more"
            function(db)
            db.finish()
        except (Exception, SystemExit) as error:
            raise PythonStepError(self._line_of(error), error) from error

    def as_step(self) -> Step:
        """The function as the one step of a direction."""

        def run(con: duckdb.DuckDBPyConnection) -> None:
            self(Database(con))

        words = self.words or f"runs the Python function {self.name}"
        return Step(f"{self.name}(db)", "PYTHON", self.line, words, run)

    def _line_of(self, error: BaseException) -> int:
        """The line of this file that was running when the error was raised."""
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == self.file and frame.lineno]
        return lines[-1] if lines else self.line
