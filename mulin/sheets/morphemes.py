"""Guesses the field of a heading in words not seen before, from the morphemes it is made of.

The last morpheme of a Chinese compound is its head, so where a pattern ends counts; so does how
telling the pattern is.
"""

import re

_DAY = r"(?:时间|日期|时限|期限|节点|时点|期|日|何时|几时|哪天|什么时候)"
_WHO = (
    r"(?:单位|部门|组织|支部|科室|处室|机构|机关|企业|社区|街道|党委|学校|团队|队伍|主体|公司|中心|小组|方|人|谁|者)"
    r"(?:名称|姓名|全称)?"
)
# Field, how telling (0..1), pattern.
_TELLING: list[tuple[str, float, re.Pattern[str]]] = [
    (field, weight, re.compile(pattern))
    for field, weight, pattern in (
        (
            "claimers",
            0.9,
            rf"(?:认领|接单|抢单|承接|结对|揭榜|帮扶|响应|圆梦|认养|接手|参与|协助|配合).*{_WHO}",
        ),
        ("claimers", 0.9, r"(?:谁|何人|哪家|哪个单位).{0,3}(?:认领|承接|接单|来做|帮)"),
        ("claimers", 0.6, r"认领"),
        (
            "owner",
            0.9,
            rf"(?:责任|负责|牵头|主责|包[抓保联]|督办|主办|承办|落实|经办|跟办|主管|分管|归口|对口).*{_WHO}",
        ),
        ("owner", 0.85, r"(?:谁|何人|哪个部门|哪个科室).{0,3}(?:负责|牵头|落实|主办)"),
        (
            "due",
            0.9,
            rf"(?:完成|办结|办成|办理|截止|限期|目标|应于|最[迟晚]|到期|落实|销号|兑现|解决|竣工|交付|要求|了结|答复).*{_DAY}",
        ),
        ("due", 0.8, r"限期|时限|期限$|截止|deadline"),
        (
            "period",
            0.85,
            rf"(?:开放|可|服务|安排|适宜|开展|方便|提供|使用|活动|期望|希望|计划|建议|预约|空闲|实施|起止|对外|共享|支援|举办).*(?:{_DAY}|时段|时候|档期|周期)",
        ),
        ("period", 0.7, r"时段|时间|档期|何时|日期|周期|时候|钟点|班次"),
        ("contact", 0.9, r"电话|手机|联系|联络|微信|邮箱|通讯|phone|tel|mail"),
        (
            "quantity",
            0.85,
            r"(?:数量?|体量|规模|名额|频次|频率|次数|份数|金额|资金|经费|预算|面积|容量|多少|几个|总量|需用量|供给量|额度|人次)$",
        ),
        ("quantity", 0.7, r"[数量额]$|数量|规模|名额"),
        (
            "conditions",
            0.85,
            r"条件|前提|约定|限定|限制|须知|注意事项|规定|门槛|(?:对方|社区|需|须|要).{0,4}(?:准备|配合|配套|提供的?支持)|要求$|收费|费用",
        ),
        (
            "serving",
            0.85,
            r"对象|人群|群体|受众|受益(?:人员|群众|者|人士)|受惠|惠及|面向|服务谁|适用|给谁|为谁|哪些人",
        ),
        (
            "place",
            0.85,
            r"地点|地址|位置|点位|场所|地段|坐落|选址|在哪|何处|哪里|所在地|楼栋|所[在涉].*小区|地方$",
        ),
        (
            "state",
            0.85,
            r"进展|进度|状态|阶段|情况$|情形$|结果$|成效|哪一步|办到|落实没|完成没|是否(?:完成|落实|解决|办结|实现|对接|认领)",
        ),
        (
            "remark",
            0.9,
            r"备注|备考|附[言注记]|留言|补充|其他.*(?:说明|事项|情况|需要|内容)|其它|remark|note|comment",
        ),
        (
            "category",
            0.85,
            r"(?:类别|类型|分类|归类|门类|种类|大类|小类|范畴|板块|领域|条线|类目|品类|类)$",
        ),
        (
            "detail",
            0.8,
            r"详细|详情|描述|具体(?!事项|需求|项目)|背景|概[述况]|说明|简介|内容|要点|做法|举措|方案|明细",
        ),
        (
            "unit",
            0.85,
            rf"(?:提出|发起|申报|报需|报送|上报|可供|提供|联建|共建|需求|资源|供给|来源|所[在属]|申请|填报|提报|求助|点单|出资|报名|服务|联盟|成员|驻区|辖区).*{_WHO}$",
        ),
        (
            "unit",
            0.75,
            r"(?:哪个|哪家|什么)(?:单位|社区|部门)|(?:单位|社区|部门|组织|机构|团体|企业|商户|学校|主体|支部|农会)(?:名称|全称)?$",
        ),
        (
            "title",
            0.8,
            r"(?:事项|需求|资源|项目|诉求|期盼|心愿|服务|力量|任务|问题|能力|难题|活动|愿望|议题|实事|支[持援]|困难|需要|名称|岗位|物资|课程|举措|事情|事$|期待|建议)(?:的?(?:名称|标题|内容|简介|摘要|概述|清单|菜单))?",
        ),
        ("number", 0.9, r"(?:序号|编号|序列?|编码|顺序|次第|项次|号码|代码|号)$|^(?:no|num|#|№)"),
    )
]


def by_morphemes(plain: str) -> dict[str, float]:
    """Return the fields that a folded heading may mean with 0..0.9 how well; {} if none."""
    scores: dict[str, float] = {}
    for field, weight, pattern in _TELLING:
        ends = [match.end() for match in pattern.finditer(plain)]
        if ends:
            most = 0.98 if weight >= 0.9 else 0.88
            score = weight * (0.7 + 0.3 * max(ends) / len(plain)) * most
            scores[field] = max(scores.get(field, 0.0), round(score, 3))
    return scores
