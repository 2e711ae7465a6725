"""Taking lists in: reading a file, correcting it in place, taking it in, undoing it."""

from mulin.lists.actions.imports.correcting import (
    Unreadable,
    answer_question,
    correct_cell,
    decide_likeness,
    map_column,
    name_kind,
    skip_row,
    skip_table,
    take_left_out,
)
from mulin.lists.actions.imports.reading import discard_import, read_again, start_import
from mulin.lists.actions.imports.taking import remove_left_over, take_in, undo_import

__all__ = [
    "Unreadable",
    "answer_question",
    "correct_cell",
    "decide_likeness",
    "discard_import",
    "map_column",
    "name_kind",
    "read_again",
    "remove_left_over",
    "skip_row",
    "skip_table",
    "start_import",
    "take_in",
    "take_left_out",
    "undo_import",
]
