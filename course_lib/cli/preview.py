"""`updown course preview`: one lesson as a learner would see it, in JupyterLab or on a page."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .authors import find_course, find_text, load_authoring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("lesson", metavar="LESSON", help="a lesson or a draft, by name or number")
    parser.add_argument(
        "--html",
        metavar="FILE",
        type=Path,
        help="run it and write one static page, instead of opening JupyterLab",
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print JupyterLab's address and open no browser"
    )


def run(args: argparse.Namespace) -> int:
    """Show the lesson until JupyterLab is stopped. 1 where it cannot be built, with reasons.

    What is written in the preview goes with it: its folder is a temporary one.
    """
    root = find_course()
    text = find_text(args.lesson, root)
    authoring = load_authoring()
    with tempfile.TemporaryDirectory(prefix="updown-preview-") as name:
        folder = Path(name).resolve()
        preview = authoring.make_preview(text, root, folder / "notebooks")
        if not isinstance(preview, authoring.Preview):
            for problem in preview:
                print(problem, file=sys.stderr)
            return 1
        if args.html is None:
            return _open_lab(preview.notebook, folder, root, browser=not args.no_browser)
        args.html.write_text(authoring.preview_page(preview), encoding="utf-8")
        print(f"The page is {args.html}.")
        return 0


def _open_lab(notebook: Path, folder: Path, root: Path, *, browser: bool) -> int:
    """JupyterLab on the preview, with the course's settings and no other ones."""
    place = notebook.relative_to(folder).as_posix()
    command = [sys.executable, "-m", "jupyterlab", f"--LabApp.default_url=/lab/tree/{place}"]
    command += [] if browser else ["--no-browser"]
    if os.name != "nt" and os.geteuid() == 0:
        command.append("--allow-root")
    made = folder / ".jupyter"
    kept = {name: str(made / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    # So that a terminal in it finds `updown`, whatever environment this was started from.
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)]),
        **{f"JUPYTER_{name}_DIR": path for name, path in kept.items()},
        "JUPYTER_CONFIG_PATH": str(root / "etc"),
        "JUPYTERLAB_SETTINGS_DIR": str(made / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(made / "workspaces"),
    }
    print(f"{notebook.parent.name} in JupyterLab; Ctrl-C ends it, and what you wrote in it goes.")
    sys.stdout.flush()
    with subprocess.Popen(command, cwd=folder, env=environment) as lab:
        try:
            return lab.wait()
        except KeyboardInterrupt:
            # Jupyter has had the same Ctrl-C and would ask whether it is meant.
            lab.terminate()
            lab.wait()
            return 0
