"""Several databases on one history: scenes that an author writes and a learner plays."""

from .html import stage_to_html
from .picture import StagePicture
from .read import parse_scene, read_scene
from .rehearsal import rehearse_scene
from .scene import Scene, SceneError, SceneProblem
from .stage import Stage
from .text import stage_to_text

__all__ = [
    "Scene",
    "SceneError",
    "SceneProblem",
    "Stage",
    "StagePicture",
    "parse_scene",
    "read_scene",
    "rehearse_scene",
    "stage_to_html",
    "stage_to_text",
]
