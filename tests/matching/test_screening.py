"""Whether a need and an offer are about the same: foolish pairs stay apart, plain ones meet."""

import pytest

from mulin.matching import Need, Resource, problem, proposals, solve, standard, unmet
from mulin.matching.asking import asked_of

OFFERS = (
    ("文艺演出", "文化体育活动"),
    ("三楼会议室", "场地共享"),
    ("路灯维修队", "物业与老旧小区改造"),
    ("医生下社区义诊、量血压", "健康义诊与卫生"),
    ("免费法律咨询", "法律咨询与调解"),
    ("图书200册可以循环", "阅读推广与循环书屋"),
    ("消防安全检查和培训", "平安巡防与应急"),
    ("康复辅具借用", "助残服务"),
    ("金融防诈骗讲座", "平安巡防与应急"),
    ("专项资金支持", "资金与冠名"),
)


def answer(title: str, category: str = "", *wants: str) -> list[str]:
    """The offers proposed for a need, of a list as a neighbourhood has it."""
    offers = [
        Resource(name, name, category=kind, unit=f"单位{at}")
        for at, (name, kind) in enumerate(OFFERS)
    ]
    need = Need("n", title, category=category, unit="社区", wants=frozenset(wants))
    return [one.resource for one in proposals(solve(problem(offers, [need])))]


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("健身器材检修", "文化体育活动"),
        ("棋牌室缺桌椅", "物资共享"),
        ("大件杂物集中堆放点", "环境治理与垃圾分类"),
        ("中心花园添6张带靠背的长椅", "社区服务"),
        ("5号楼门洞做一个无障碍坡道", "助残服务"),
        ("帮忙代交电费", "社区服务"),
    ],
)
def test_a_common_kind_or_a_room_beside_the_point_proposes_nothing(title, category):
    assert answer(title, category) == []


@pytest.mark.parametrize(
    ("title", "offer"),
    [
        ("建设七路东段补齐路灯7盏", "路灯维修队"),
        ("居民想就近量血压", "医生下社区义诊、量血压"),
        ("请律师每月来坐一次班", "免费法律咨询"),
        ("設一個兒童閱讀角", "图书200册可以循环"),
        ("国庆前做一次消防夜查", "消防安全检查和培训"),
        ("新轮椅一台", "康复辅具借用"),
        ("想请人来讲讲怎么防诈骗", "金融防诈骗讲座"),
    ],
)
def test_what_is_about_the_same_is_proposed_however_it_is_said(title, offer):
    assert answer(title) == [offer]


@pytest.mark.parametrize("offer", ["消防安全检查和培训", "亲子阅读", "广场舞培训"])
def test_a_title_that_ends_in_work_names_that_work_and_not_somebody(offer):
    given = [Resource("r", offer, unit="示例救援站", gives=frozenset({"labour"}))]
    need = Need("n", "楼顶漏水要修", unit="社区", wants=frozenset({"labour"}))

    assert proposals(solve(problem(given, [need]))) == []


def test_a_room_serves_any_purpose_of_those_who_ask_for_a_room():
    assert answer("合唱队要教室排练") == ["三楼会议室"]
    assert answer("合唱队每周排练", "", "space") == ["三楼会议室"]


def test_a_sum_serves_any_purpose_of_those_who_ask_for_money():
    assert answer("公共晾衣架", "", "money") == ["专项资金支持"]


def test_unmet_need_without_an_offer_about_it_says_that_nobody_offers():
    offers = [Resource("r", "文艺演出", category="文化体育活动", unit="剧团")]
    need = Need("n", "健身器材检修", category="文化体育活动", unit="社区")
    plan = solve(problem(offers, [need]))
    assert [one.cause.code for one in unmet(plan)] == ["nobody_offers"]


@pytest.mark.parametrize(
    ("text", "asked", "before"),
    [
        ("棋牌室缺桌椅", "桌椅", "棋牌室"),
        ("老年手机课要教室和讲师", "教室和讲师", "老年手机课"),
        ("暑假孩子没人带，想开托管班", "开托管班", "暑假孩子没人带,"),
        ("楼下建电动自行车充电棚2处", "电动自行车充电棚2处", "楼下"),
        ("健身器材检修", "健身器材检修", ""),
        ("小区门口路面坑洼要修", "小区门口路面坑洼要修", ""),
        ("理想信念教育", "理想信念教育", ""),
        ("求职培训", "求职培训", ""),
    ],
)
def test_what_is_asked_for_stands_after_the_word_that_asks(text, asked, before):
    assert asked_of(text) == (asked, before)


def test_supplies_merely_mentioned_are_not_asked_for():
    titles = ("樓棟滅火器年檢更換", "棋牌室缺桌椅", "老年手机课要教室和讲师", "请律师来坐班")
    asked = [sorted(standard().asked_in(title)) for title in titles]
    assert asked == [[], [], ["labour", "space"], ["labour"]]


def test_a_kind_is_not_said_to_be_missing_where_others_of_it_are_offered():
    offers = [Resource("r", "文艺演出", category="文化体育活动", unit="剧团")]
    needs = [
        Need("n", "健身器材检修", category="文化体育活动", unit="社区"),
        Need("m", "楼顶漏水", category="物业与老旧小区改造", unit="社区"),
    ]
    kinds = {one.need: one.cause.params["kind"] for one in unmet(solve(problem(offers, needs)))}
    assert kinds == {"n": "", "m": "物业与老旧小区改造"}
