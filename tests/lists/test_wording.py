"""Every reason and cause has its sentence."""

import pytest
from django.utils.translation import override

from mulin.lists.wording import CAUSES, cause_sentence, reason_sentence, tag_names
from mulin.matching import Reason
from mulin.matching.causes import RANK


def test_every_cause_the_engine_gives_has_a_sentence():
    assert set(RANK) <= set(CAUSES)


@override("en")
def test_reason_sentence_fills_in_names_and_times():
    reason = Reason("same_time", {"day": 2, "start": 870, "end": 960})

    assert reason_sentence(reason) == "the time fits: Wednesday 14:30 to 16:00"


@override("en")
def test_cause_sentence_names_who_took_it():
    cause = Reason("taken", {"resource": "r", "holders": ("a", "b")})
    names = {"r": "Hall", "a": "Choir", "b": "Chess"}

    assert cause_sentence(cause, name=names.__getitem__) == "Hall has gone to: Choir, Chess"


@override("en")
@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"kind": "", "wants": ("money",)}, "nobody offers this yet; wanted is money or goods"),
        ({"kind": "", "wants": ()}, "nobody offers this yet"),
        ({"kind": "助老服务", "wants": ()}, "nobody offers 助老服务 yet"),
    ],
)
def test_cause_sentence_of_what_nobody_offers(params, sentence):
    assert cause_sentence(Reason("nobody_offers", params)) == sentence


@override("en")
def test_tag_names_keep_their_order():
    assert tag_names(["space", "money"]) == "money or goods, space"
