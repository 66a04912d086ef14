"""The commands of bootstrap.py, and what they say when they cannot go on."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from delivery.checkout import Checkout, Level, SetupFailed
from delivery.checks import lint, run_tests
from delivery.install import install
from delivery.lab import start_lab
from delivery.pins import write_pins


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code: 0 done, 1 failed with a sentence, 130 interrupted."""
    chosen = _parser().parse_args(arguments)
    # A plain kill then ends the installer too, which a dead parent would leave running.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(chosen, Checkout(Path(__file__).resolve().parents[1]))
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"The course could not be set up: {error}. "
            "Mend what that names, then run the same command again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130


def _run(chosen: argparse.Namespace, checkout: Checkout) -> int:
    if chosen.command == "pins":
        write_pins(checkout, upgrade=chosen.upgrade)
        return 0
    level: Level = "course" if chosen.command == "lab" else "test"
    if chosen.command == "setup" and not chosen.test:
        level = "course"
    installed = install(checkout, level)
    if chosen.command == "setup":
        print("The course is installed." if installed else "The course was installed already.")
        return 0
    if chosen.command == "lab":
        return start_lab(checkout, chosen.arguments[chosen.arguments[:1] == ["--"] :])
    if chosen.command == "test-long":
        return run_tests(checkout, long=True)
    failed = lint(checkout)
    code = run_tests(checkout, long=False) if chosen.command == "test" else 0
    if failed:
        # After pytest's closing lines, which would otherwise be all that is seen.
        print(f"These checks failed, and say why above: {', '.join(failed)}.", file=sys.stderr)
    return code or (1 if failed else 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up and start Up & Down.")
    commands = parser.add_subparsers(dest="command", required=True)
    setup = commands.add_parser("setup", help="install the exact pins into .venv")
    setup.add_argument("--test", action="store_true", help="the test tools as well")
    lab = commands.add_parser("lab", help="set up what is missing, then open JupyterLab")
    lab.add_argument("arguments", nargs="*", help="after --, JupyterLab's own arguments")
    commands.add_parser("test", help="lint, types and tests (minutes)")
    commands.add_parser("test-long", help="the long kill, fuzz and load runs alone")
    commands.add_parser("lint", help="lint and types alone")
    pins = commands.add_parser("pins", help="write both environment.yml from requirements/")
    pins.add_argument("--upgrade", action="store_true", help="choose the newest versions before")
    return parser


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
