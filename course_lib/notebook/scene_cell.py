"""`scene(...)`: several databases on one history, played in the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython

from .errors import LessonError
from .lesson import active_lesson

if TYPE_CHECKING:
    from course_lib.timeline.scenes import Stage

SCENES = "scenes"


def scene(scene_id: str) -> Stage:
    """The stage of one of the lesson's scenes, at its beginning. Its databases are in a folder of
    their own, and go with it.

    Raises LessonError where there is no such scene, or it cannot be played.
    """
    from course_lib.timeline.scenes import SceneError, Stage, read_scene

    folder = active_lesson().folder / SCENES
    path = folder / f"{scene_id}.toml"
    try:
        stage = Stage(read_scene(path))
    except (SceneError, OSError) as error:
        told = str(error).replace(str(path), f"{SCENES}/{path.name}")
        raise LessonError(f"The scene {scene_id!r} cannot be shown: {told}") from error
    shell: Any = get_ipython()
    if shell is not None:
        shell.display_formatter.mimebundle_formatter.for_type(Stage, _as_widget)
    return stage


def _as_widget(stage: Stage, **how: Any) -> Any:
    from course_lib.widgets import show_stage  # not before it is needed: widgets load slowly

    return show_stage(stage)._repr_mimebundle_(**how)
