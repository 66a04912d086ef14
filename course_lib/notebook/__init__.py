"""The notebook: a lesson's database, the magics, the live check, calls of a learner's functions,
the quiz, the timeline and its scenes, packing the work."""

from .calling import call
from .gained_cell import gained
from .hint import hint
from .lesson import Lesson
from .live_check import Score, check
from .opening import begin
from .pack import pack
from .pack_button import pack_button
from .quiz_cell import quiz
from .quiz_points import quiz_points
from .scene_cell import scene
from .unpack import unpack

__all__ = [
    "Lesson",
    "Score",
    "begin",
    "call",
    "check",
    "gained",
    "hint",
    "pack",
    "pack_button",
    "quiz",
    "quiz_points",
    "scene",
    "unpack",
]
