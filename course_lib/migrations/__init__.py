"""Migrations for DuckDB: all or nothing, planned first, told in words.

Needs DuckDB and the standard library, and nothing of the course.
"""

from .accept import AcceptedFile, accept_file
from .baseline import Adopted, adopt, adopt_schema
from .cost import ShadowCost, read_shadow_cost
from .database import connect, make_database
from .describe import describe
from .diff import ABSENT, Difference, describe_column, diff
from .digest import TableDigest, digest_tables
from .errors import Problem, Refused, StepFailure
from .failure import Failure
from .formats.entries import FORMATS, Format
from .ledger import BASELINE, Applied, Event, read_applied, read_events
from .migration import Direction, Migration, Step, checksum
from .new import new_migration
from .plan import Plan, PlannedMigration, make_plan
from .progress import OnProgress, Progress
from .progress_text import progress_text
from .quoting import quote
from .replay import read_history, replay
from .report import (
    cost_line,
    difference_lines,
    done_line,
    log_lines,
    nothing_to_do,
    outcome_lines,
    plan_lines,
    status_lines,
)
from .review import Finding, review
from .risk import read_risks
from .round_trip import round_trip
from .runner import Done, Outcome, read_status, rehearse_plan, run_plan
from .running import interrupt, is_interruption, running
from .schema import Column, Constraint, Index, Schema, Table, read_schema
from .schema_sql import read_starting_schema
from .source import Folder, Parsed, parse_migration, read_folder
from .statements import SyntaxProblem, one_line, split_statements
from .states import Status, read_states
from .steps import own_cursor, run_in_transaction, run_one_by_one
from .trip import RoundTrip, TableTrip
from .verify import Verified, read_expected, verify

__all__ = [
    "ABSENT",
    "BASELINE",
    "FORMATS",
    "AcceptedFile",
    "Adopted",
    "Applied",
    "Column",
    "Constraint",
    "Difference",
    "Direction",
    "Done",
    "Event",
    "Failure",
    "Finding",
    "Folder",
    "Format",
    "Index",
    "Migration",
    "OnProgress",
    "Outcome",
    "Parsed",
    "Plan",
    "PlannedMigration",
    "Problem",
    "Progress",
    "Refused",
    "RoundTrip",
    "Schema",
    "ShadowCost",
    "Status",
    "Step",
    "StepFailure",
    "SyntaxProblem",
    "Table",
    "TableDigest",
    "TableTrip",
    "Verified",
    "accept_file",
    "adopt",
    "adopt_schema",
    "checksum",
    "connect",
    "cost_line",
    "describe",
    "describe_column",
    "diff",
    "difference_lines",
    "digest_tables",
    "done_line",
    "interrupt",
    "is_interruption",
    "log_lines",
    "make_database",
    "make_plan",
    "new_migration",
    "nothing_to_do",
    "one_line",
    "outcome_lines",
    "own_cursor",
    "parse_migration",
    "plan_lines",
    "progress_text",
    "quote",
    "read_applied",
    "read_events",
    "read_expected",
    "read_folder",
    "read_history",
    "read_risks",
    "read_schema",
    "read_shadow_cost",
    "read_starting_schema",
    "read_states",
    "read_status",
    "rehearse_plan",
    "replay",
    "review",
    "round_trip",
    "run_in_transaction",
    "run_one_by_one",
    "run_plan",
    "running",
    "split_statements",
    "status_lines",
    "verify",
]
