"""`updown course scene`: a line for what plays, a sentence with file and line for what does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEACHER = ROOT / "lessons" / "drafts" / "scenes" / "new-teammate.toml"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "course_lib.cli", "course", "scene", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_scene_that_plays_is_one_line() -> None:
    done = run(TEACHER)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "new-teammate: 4 beats play as they say.\n"


def test_what_is_wrong_is_told_with_file_and_line_and_no_traceback(tmp_path: Path) -> None:
    scene = tmp_path / "scene.toml"
    text = TEACHER.read_text(encoding="utf-8")
    scene.write_text(text.replace("2 migrations applied", "seven"), encoding="utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace('do = "join"', 'do = "dance"'), encoding="utf-8")
    done = run(scene, broken, tmp_path / "gone.toml")
    assert done.returncode == 1 and done.stdout == "" and "Traceback" not in done.stderr
    told = done.stderr.splitlines()
    assert f"{scene}, line 51: beat 2 does not say 'seven'" in done.stderr
    assert any(line.startswith(f"{broken}, line 47: There is no 'dance'") for line in told)
    assert f"{tmp_path / 'gone.toml'}: No such file or directory." in told
