"""What changes the lists: items, claims, rounds, merging, proposals, imports."""

from mulin.lists.actions.agreeing import confirm_claim, join_claim
from mulin.lists.actions.amounts import NothingLeft
from mulin.lists.actions.changing import (
    change_claim,
    go_on_without,
    reopen_claim,
    take_yes_back,
)
from mulin.lists.actions.claims import ask_for_resource, claim_need, refuse_claim, withdraw_claim
from mulin.lists.actions.deciding import (
    change_proposal,
    refuse_proposal,
    reopen_proposal,
    send_proposal,
    send_together,
)
from mulin.lists.actions.items import (
    comment_on,
    draft_item,
    edit_item,
    publish_item,
    restore_item,
    return_item,
    say_still_true,
    submit_item,
    withdraw_item,
)
from mulin.lists.actions.merging import keep_apart, merge_items, unmerge_item
from mulin.lists.actions.partners import answer_again, decline_part
from mulin.lists.actions.proposing import propose
from mulin.lists.actions.rounds import freeze_round, open_round, remind_missing, reopen_round
from mulin.lists.actions.runs import cancel_run, order_run
from mulin.lists.actions.submissions import (
    add_row,
    confirm_all_rows,
    confirm_row,
    drop_row,
    remove_row,
    send_submission,
    undo_row,
)

__all__ = [
    "NothingLeft",
    "add_row",
    "answer_again",
    "ask_for_resource",
    "cancel_run",
    "change_claim",
    "change_proposal",
    "claim_need",
    "comment_on",
    "confirm_all_rows",
    "confirm_claim",
    "confirm_row",
    "decline_part",
    "draft_item",
    "drop_row",
    "edit_item",
    "freeze_round",
    "go_on_without",
    "join_claim",
    "keep_apart",
    "merge_items",
    "open_round",
    "order_run",
    "propose",
    "publish_item",
    "refuse_claim",
    "refuse_proposal",
    "remind_missing",
    "remove_row",
    "reopen_claim",
    "reopen_proposal",
    "reopen_round",
    "restore_item",
    "return_item",
    "say_still_true",
    "send_proposal",
    "send_submission",
    "send_together",
    "submit_item",
    "take_yes_back",
    "undo_row",
    "unmerge_item",
    "withdraw_claim",
    "withdraw_item",
]
