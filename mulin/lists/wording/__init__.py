"""Words for what the lists store: the engine's reasons and causes, the sentences of stories."""

from mulin.lists.wording.fields import FIELD_LABELS
from mulin.lists.wording.reasons import (
    CAUSES,
    REASONS,
    REMEDIES,
    cause_sentence,
    question_sentence,
    reason_sentence,
    reasons_sentence,
    remedy_sentence,
    tag_names,
)
from mulin.lists.wording.stories import KINDS, VERBS, known

__all__ = [
    "CAUSES",
    "FIELD_LABELS",
    "KINDS",
    "REASONS",
    "REMEDIES",
    "VERBS",
    "cause_sentence",
    "known",
    "question_sentence",
    "reason_sentence",
    "reasons_sentence",
    "remedy_sentence",
    "tag_names",
]
