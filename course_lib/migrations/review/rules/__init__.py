"""The rules, one in each file, in the order in which a review lists them."""

from . import (
    backfill_before_not_null,
    blocked_by_index,
    broken_view,
    create_or_replace_table,
    dedupe_before_unique,
    drop_index_with_column,
    every_row,
    if_not_exists,
    leaking_setting,
    length_not_enforced,
    log_cannot_replay,
    renamed_child,
    update_before_index,
    values_lost,
)

RULES = (
    backfill_before_not_null.RULE,
    update_before_index.RULE,
    dedupe_before_unique.RULE,
    drop_index_with_column.RULE,
    blocked_by_index.RULE,
    log_cannot_replay.RULE,
    renamed_child.RULE,
    if_not_exists.RULE,
    create_or_replace_table.RULE,
    length_not_enforced.RULE,
    values_lost.RULE,
    every_row.RULE,
    broken_view.RULE,
    leaking_setting.RULE,
)

__all__ = ["RULES"]
