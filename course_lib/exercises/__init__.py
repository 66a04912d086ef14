"""What a right answer is: specs, worlds, requirements, verdicts. Pure Python, no Jupyter.

An exercise is data: `load_spec` reads the author's whole spec, `load_public` the learner's part
that `publish` makes of it. `check_answer` runs an answer in every world and returns a `Verdict`.
"""

from .check import check_answer, check_prepared
from .exercise import AnswerText, Exercise, PublicExercise, SpecError
from .instance import close_ahead, open_ahead
from .kept import Kept, keep, load_kept, prepare_to_keep
from .prepared import Prepared, prepare
from .programs import Program, Tried, read_programs, try_program
from .public import load_public, publish
from .seen import Seen
from .spec import load_spec
from .verdict import Difference, Result, Verdict

__all__ = [
    "AnswerText",
    "Difference",
    "Exercise",
    "Kept",
    "Prepared",
    "Program",
    "PublicExercise",
    "Result",
    "Seen",
    "SpecError",
    "Tried",
    "Verdict",
    "check_answer",
    "check_prepared",
    "close_ahead",
    "keep",
    "load_kept",
    "load_public",
    "load_spec",
    "open_ahead",
    "prepare",
    "prepare_to_keep",
    "publish",
    "read_programs",
    "try_program",
]
