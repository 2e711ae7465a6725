"""Every reason and cause has its sentence."""

from datetime import date

import pytest
from django.utils.translation import override

from mulin.lists.wording import (
    CAUSES,
    REASONS,
    REMEDIES,
    cause_sentence,
    reason_sentence,
    remedy_sentence,
    tag_names,
)
from mulin.matching import Reason, causes, counterfactuals, reasons


@pytest.mark.parametrize(
    ("codes", "sentences"),
    [
        (reasons.REASONS, REASONS),
        (causes.RANK, CAUSES),
        (counterfactuals.REMEDIES, REMEDIES),
    ],
)
def test_every_code_the_engine_gives_has_a_sentence(codes, sentences):
    assert set(codes) - set(sentences) == set()


DAYS = {"from": date(2026, 3, 1), "to": date(2026, 3, 9)}


@override("zh-hans")
@pytest.mark.parametrize(
    ("code", "params", "sentence"),
    [
        ("if_fit", {"more": 0.12}, "要是再对路一些（契合度高 12 分，满分 100），就能配上"),
        ("if_units", {"more": 20, "measure": "个座位"}, "要是再多出 20 个座位，就能配上"),
        ("if_withdrawn", {"holders": ("合唱",)}, "要是“合唱”肯让出来，就能配上"),
        ("if_dates", DAYS, "要是需求改到2026年3月1日 至 2026年3月9日，就能配上"),
        (
            "if_dates",
            {"from": DAYS["from"], "to": None},
            "要是需求改到2026年3月1日 或以后，就能配上",
        ),
        ("if_dates", {"from": None, "to": DAYS["to"]}, "要是需求改到2026年3月9日 或以前，就能配上"),
        ("if_amount_less", {"amount": 3.0, "measure": "万元"}, "要是只要 3 万元 也行，就能配上"),
        (
            "if_time",
            {"day": 1, "start": 840, "end": 960},
            "要是需求改到周二 14:00 至 16:00，就能配上",
        ),
    ],
)
def test_remedy_sentence_says_what_would_have_to_be_different(code, params, sentence):
    assert remedy_sentence(Reason(code, params)) == sentence


@override("en")
def test_reason_sentence_fills_in_names_and_times():
    reason = Reason("same_time", {"day": 2, "start": 870, "end": 960})

    assert reason_sentence(reason) == "the time fits: Wednesday 14:30 to 16:00"


@override("en")
def test_cause_sentence_names_who_took_it():
    cause = Reason("taken", {"resource": "r", "holders": ("a", "b")})
    names = {"r": "Hall", "a": "Choir", "b": "Chess"}

    assert cause_sentence(cause, name=names.__getitem__) == "Hall has gone to: Choir, Chess"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "r has gone to: a, b, c and others, 5 in all"), ("zh-hans", "“r”已给：a、b、c等 5 项")],
)
def test_cause_sentence_names_three_of_many(language, sentence):
    with override(language):
        assert cause_sentence(Reason("taken", {"resource": "r", "holders": "abcde"})) == sentence


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
