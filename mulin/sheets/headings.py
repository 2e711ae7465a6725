"""Knows which field a heading means, in either script and in many wordings."""

import re
from functools import lru_cache

from mulin.hanzi import fold

_WORDS = {
    "number": "序号 编号 序 号 项次 no no. id 清单编号 需求编号 资源编号 项目编号 顺序号 排序",
    "title": """需求内容 需求事项 需求名称 需求项目 需求 资源名称 资源内容 资源项目 资源 项目名称 项目
      服务项目 事项 事项名称 名称 标题 内容 微心愿 心愿 心愿内容 微心愿内容 心愿名称 反映问题 问题 反映问题/内容
      诉求 诉求内容 服务内容 服务名称 活动名称 共建项目 可提供资源 可提供的资源 提供资源 可提供服务 提供的服务
      资源清单 需求清单 项目清单 主题 活动内容 活动主题 议题 任务 工作任务 重点任务 重点项目 能提供的资源 想要什么
      有什么 要什么 能做什么 困难问题 主要问题 需解决问题 需要解决的问题 具体需求 服务需求 需求概述 资源概述 共享资源
      认领项目 提供服务项目 服务事项 需求诉求 居民诉求 民生诉求 民生实事 实事项目 物品 物品名称 需求标题 项目标题
      我们能提供的 需求描述 资源描述 所需资源 所需物品 拟开展项目 项目内容 提供服务内容 提供资源内容""",
    "detail": """详细内容 具体内容 详情 说明 描述 具体描述 内容说明 项目内容 项目简介 简介 概要 摘要 主要内容
      具体说明 需求描述 资源描述 项目描述 需求详情 情况说明 具体措施 工作措施 建设内容 实施内容 服务内容 内容
      具体要求说明 内容简介 概述 项目概述 具体事项 详细说明 补充说明 需求说明 工作内容 需求内容 资源内容""",
    "category": """类别 类型 分类 种类 项目类别 资源类别 需求类别 资源类型 需求类型 项目类型 服务类别 服务类型
      所属类别 领域 大类 板块 需求分类 资源分类 类 专题 所属领域 服务领域 事项类别 心愿类别""",
    "unit": """单位 单位名称 提出单位 提供单位 申报单位 报送单位 填报单位 需求单位 资源单位 来源单位 社区
      社区名称 所属社区 所在社区 提报单位 上报单位 提供方 需求方 资源方 提出方 共建单位 成员单位 驻区单位
      党组织 党组织名称 所属单位 发布单位 申请单位 提出社区 需求社区 资源提供单位 资源提供方 需求提出单位 项目单位
      提的单位 提需求单位 谁提的 哪个单位 来源 提出人 提出者 提出主体 申报主体 部门 报到单位 支部 党支部 提供者
      服务单位 街道 机构 机构名称 组织名称 企业名称 所属党组织 单位(社区) 社区/单位 供给单位 供给方 出资源单位 提需单位
      填写单位 申报社区 征集单位 发起单位 资源提供者 需求主体 供给主体 提出部门 单位/社区 街道社区 村社区""",
    "contact": """联系人 联系方式 联系电话 电话 手机 手机号 联络员 联络人 联系人及电话 联系人电话 电话号码
      负责人电话 联系人及联系方式 手机号码 单位联系人 对接人 联络方式 微信 邮箱 座机 办公电话 联络员电话 联系人姓名""",
    "serving": """服务对象 受益对象 面向对象 服务人群 面向人群 受益人群 对象 受众 适用对象 惠及对象 覆盖人群
      受益群体 服务群体 适合人群 帮扶对象 面向群体 惠及人群 给谁用 为谁 参与对象 受益群众""",
    "place": """地点 地址 位置 服务地点 活动地点 实施地点 场所 场地 地点位置 具体地点 具体位置 楼栋号 楼栋 所在地
      服务区域 区域 点位 小区 小区名称 活动场地 建设地点 在哪 在哪里 项目地点 详细地址 发生地点 服务范围 场地位置 路段""",
    "quantity": """数量 数目 几个 人数 名额 规模 数 件数 金额 资金 预算 场次 次数 频次 服务频次 需求数量 资源数量
      所需数量 可提供数量 服务人数 单位数量 数量/频次 数量及单位 数量规模 经费 投入资金 资金预算 多少 面积 容量
      提供数量 数量/规模 项目数量 预计人数 服务次数 容纳人数 受益人数 资金投入 数额 需要多少""",
    "period": """时间 服务时间 开放时间 可提供时间 需求时间 提供时间 活动时间 可用时间 时段 服务时段 时间安排
      期限 有效期 服务期限 实施时间 开展时间 可服务时间 需要时间 使用时间 开放时段 拟开展时间 计划时间 什么时候
      什么时间 啥时候 可用时段 时间段 期间 服务周期 周期 起止时间 时间要求 有效时间 可开放时间 可供时间 希望时间""",
    "conditions": """条件 要求 使用条件 服务条件 备注要求 相关要求 提供条件 限制条件 有关要求 使用要求 注意事项
      前提条件 申请条件 预约方式 所需条件 所需支持 开放条件 附加条件 具体要求 限制 使用须知 需提供条件 收费 是否收费""",
    "claimers": """认领单位 认领人 认领方 认领情况 承接单位 对接单位 认领 认领党组织 认领者 承接方 服务提供方
      认领部门 结对单位 认领单位/个人 认领主体 谁认领 谁来做 帮扶单位 参与单位 响应单位 意向单位 认领单位名称
      共建认领单位 协办单位 配合单位 认领党员 认领社区 匹配单位 对接资源单位""",
    "owner": """责任单位 牵头单位 责任人 负责人 责任部门 承办单位 主办单位 牵头部门 项目负责人 责任领导 实施单位
      实施主体 责任主体 主责单位 牵头人 办理单位 承办部门 责任科室 落实单位 责任方 谁负责 负责单位 执行单位
      牵头领导 承办人 主要负责人 落实责任人 项目责任人 项目责任单位 项目牵头单位""",
    "due": """完成时限 完成时间 截止日期 截止时间 办结时限 办结时间 计划完成时间 预计完成时间 时限 整改时限
      完成日期 限时 要求完成时间 完成期限 办理时限 啥时候要 什么时候要 最迟时间 期望完成时间 解决时限 到期日 拟完成时间
      完成节点 时间节点 几时要 希望完成时间 预计完成日期 截至时间 期限要求 落实时限 交付时间 希望办结时间""",
    "state": """状态 进展 完成情况 进度 办理情况 落实情况 进展情况 工作进展 办理状态 项目进度 当前状态 办理结果
      是否完成 项目状态 进展状态 推进情况 当前进展 完成进度 需求状态 实施情况 对接情况 办结情况 目前进展 解决情况""",
    "remark": "备注 附注 备考 其他 其它 其他说明 注 备 说明事项 备注说明",
}
_NONE = """提出日期 日期 登记时间 填报时间 填报日期 提出时间 登记日期 申报时间 申报日期 性别 年龄 身份证 身份证号
  身份证号码 证件号码 出生年月 出生日期 民族 签字 签名 盖章 填表人 审核人 评分 得分 满意度 评价 图片 照片 附件 发布时间
  上报时间 录入时间 政治面貌 分值 征集时间 学历 工作单位""".split()
_PERSON = """姓名 对象姓名 老人姓名 受助人 受助人姓名 困难群众 困难群众姓名 服务对象姓名 申请人 申请人姓名 求助人
  心愿人 许愿人 党员姓名 居民姓名 户主 户主姓名 被帮扶人 帮扶对象姓名 家庭成员 困难党员 孩子姓名 学生姓名 心愿人姓名
  提出人姓名 反映人 反映人姓名 居民 求助者 受益人姓名 儿童姓名 家长姓名 监护人""".split()
_EXACT: dict[str, list[str]] = {}
for _field, _words in _WORDS.items():
    for _word in _words.split():
        _EXACT.setdefault(_word, []).append(_field)
_BY_LENGTH = sorted((w for w in _EXACT if len(w) > 1), key=len, reverse=True)
_NUMERAL = re.compile(r"\d{2}|\d$")
_BRACKETS = re.compile(r"[(\[【〔（][^)\]】〕）]*[)\]】〕）]")


def normal(heading: str) -> str:
    """Fold a heading and drop spaces, brackets with what they hold, and marks."""
    plain = re.sub(r"\s+", "", fold(heading))
    plain = _BRACKETS.sub("", plain) or plain.strip("()[]【】〔〕")
    return re.sub(r"[*：:※★_\-—]|^\d+[.、]", "", plain)


def measure_in(heading: str) -> str:
    """Return the unit a heading names: "人" of "数量（人）", else ""."""
    found = re.search(r"[(（]\s*(?:单位[:：]?)?([^()（）\d必选填可如]{1,4})[)）]", fold(heading))
    return found[1] if found else ""


def is_person(heading: str) -> bool:
    """Say whether the column names people in need: never imported, always cut."""
    plain = normal(heading.split("\n")[-1])
    return plain in _PERSON or plain.endswith("姓名") and "联系" not in plain


def is_dropped(heading: str) -> bool:
    """Say whether the column is known and deliberately not imported."""
    return normal(heading) in _NONE or is_person(heading)


@lru_cache(maxsize=4096)
def candidates(heading: str) -> tuple[tuple[str, float], ...]:
    """Return the fields a heading may mean with 0..1 how well, best first; () where unknown."""
    plain = normal(heading)
    if not plain or len(plain) > 24 or is_dropped(heading):
        return ()
    scores: dict[str, float] = {}
    _add(scores, plain, 1.0)
    if "/" in heading and not scores:
        _add(scores, normal(heading.rsplit("/", 1)[-1]), 0.95)
    if not scores:
        _by_part(scores, plain)
    return tuple(sorted(scores.items(), key=lambda pair: -pair[1]))


def _add(scores: dict[str, float], plain: str, score: float) -> None:
    for place, name in enumerate(_EXACT.get(plain, ())):
        scores[name] = max(scores.get(name, 0), score - place * 0.1)


def _by_part(scores: dict[str, float], plain: str) -> None:
    # The last word of a Chinese compound is its head, so an ending tells more than an inside.
    ending = next((w for w in _BY_LENGTH if plain.endswith(w)), None)
    if ending:
        _add(scores, ending, 0.75 + 0.2 * len(ending) / len(plain))
    inside = next((w for w in _BY_LENGTH if w in plain and len(w) >= 2), None)
    if inside and inside != ending and len(plain) <= 10:
        _add(scores, inside, 0.4 + 0.2 * len(inside) / len(plain))


@lru_cache(maxsize=20000)
def recognised(text: str) -> bool:
    """Say whether a cell reads as a heading."""
    # Headings are short and carry no numbers: most cells of a long sheet stop here.
    if not text or len(text) > 30 or _NUMERAL.search(text):
        return False
    plain = normal(text)
    if not plain or len(plain) > 16 or re.search(r"[。，；]", text):
        return False
    known = plain in _EXACT or plain in _NONE or plain in _PERSON
    return known or bool(candidates(text)) and candidates(text)[0][1] >= 0.84
