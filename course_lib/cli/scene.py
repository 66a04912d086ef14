"""`updown course scene`: plays scenes from beginning to end, and says what is not as they say."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("scenes", metavar="FILE", nargs="+", type=Path, help="scenes, as TOML")


def run(args: argparse.Namespace) -> int:
    """Print a line for each scene and one for each problem. 1 where there is a problem."""
    from course_lib.timeline.scenes import SceneError, read_scene, rehearse_scene

    failed = False
    for path in args.scenes:
        try:
            scene = read_scene(path)
        except (SceneError, OSError) as error:
            told = f"{path}: {error.strerror}." if isinstance(error, OSError) else str(error)
            print(told, file=sys.stderr)
            failed = True
            continue
        problems = rehearse_scene(scene)
        for problem in problems:
            print(problem, file=sys.stderr)
        failed = failed or bool(problems)
        if not problems:
            print(f"{scene.id}: {len(scene.beats)} beats play as they say.", flush=True)
    return 1 if failed else 0
