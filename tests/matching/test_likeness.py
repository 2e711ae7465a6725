"""Which requests are suggested as one, and which never."""

import pytest

from mulin.matching.likeness import Wording, most_like, suggest_merges


def groups(*texts, communities=None):
    homes = communities or ["甲社区"] * len(texts)
    pairs = zip(texts, homes, strict=True)
    requests = [Wording(str(at), text, community=home) for at, (text, home) in enumerate(pairs)]
    return [group.ids for group in suggest_merges(requests)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("希望社区能帮忙在5号楼加装扶手", "五號樓安裝扶手"),
        ("建议增设电动车充电棚", "电瓶车充电车棚能不能建一个"),
        ("给老年人量血压", "长者测血压活动"),
        ("楼道灯坏了，请尽快更换", "更换楼道灯"),
        ("看望空巢老人", "上门探访独居长者"),
        ("党群服务中心开放活动室", "党群中心开放活动场地"),
        ("社区卫生服务中心来义诊", "社卫中心免费看诊"),
        ("整治电动自行车飞线充电", "有人私拉电线给电瓶车充电"),
    ],
)
def test_paraphrases_are_suggested_as_one(one, other):
    assert groups(one, other) == [("0", "1")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5号楼加装扶手", "7号楼加装扶手"),
        ("一期增设充电桩", "二期增设充电桩"),
        ("加装扶手", "加装路灯"),
        ("5号楼加装扶手", "5号楼加装路灯"),
        ("希望5号楼装监控", "希望5号楼修单元门"),
        ("3号楼下水道堵塞", "3号楼楼道粉刷"),
        ("给老人量血压", "给老人理发"),
        ("法律讲座", "防诈骗讲座"),
        ("2单元漏水", "3单元漏水"),
        ("东门装道闸", "南门装道闸"),
    ],
)
def test_different_places_or_objects_are_not_suggested(one, other):
    assert groups(one, other) == []


def test_same_words_of_another_community_are_not_suggested():
    assert groups("加装扶手", "加装扶手", communities=["甲社区", "乙社区"]) == []


def test_most_like_names_the_earlier_request():
    others = [
        Wording("1", "五号楼安装扶手", community="甲"),
        Wording("2", "法律讲座", community="甲"),
    ]

    assert [one.id for one in most_like(Wording("x", "5栋装扶手", community="甲"), others)] == ["1"]
