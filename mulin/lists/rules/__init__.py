"""Who may do what with the lists."""

from mulin.lists.rules.claims import (
    may_answer_again,
    may_answer_claim,
    may_ask,
    may_change,
    may_claim,
    may_decline,
    may_go_on,
    may_join,
    may_pass_links,
    may_refuse,
    may_reopen,
    may_take_yes_back,
    may_withdraw,
)
from mulin.lists.rules.items import (
    may_comment,
    may_edit,
    may_merge,
    may_raise,
    may_review,
    may_say_still_true,
    may_submit,
    may_withdraw_item,
)
from mulin.lists.rules.proposals import may_decide, may_propose
from mulin.lists.rules.rounds import may_answer_round, may_run_round

__all__ = [
    "may_answer_again",
    "may_answer_claim",
    "may_answer_round",
    "may_ask",
    "may_change",
    "may_claim",
    "may_comment",
    "may_decide",
    "may_decline",
    "may_edit",
    "may_go_on",
    "may_join",
    "may_merge",
    "may_pass_links",
    "may_propose",
    "may_raise",
    "may_refuse",
    "may_reopen",
    "may_review",
    "may_run_round",
    "may_say_still_true",
    "may_submit",
    "may_take_yes_back",
    "may_withdraw",
    "may_withdraw_item",
]
