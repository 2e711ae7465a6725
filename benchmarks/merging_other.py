"""Merging suggestions on a second generator: other sentences, other things, forgotten synonyms.

python -m benchmarks.merging_other [--seed N] [--size N] [--items N] [--forget 0.0 0.3 0.6]

`--forget` drops that share of the listed variants at random before measuring: what is left is what
shape, context and the corpus itself give. The words here were written by the author of the synonym
table, so the figures without forgetting say little about words nobody thought of.
"""

import argparse
import json
import random
import time

from benchmarks.merging import ours, score, traditional, wrong
from mulin.matching import phrases
from mulin.matching.likeness import Wording

PLACED = """安全扶手 楼梯栏杆 上下楼抓的扶手
非机动车充电棚 电动自行车集中充电点 电瓶车统一充电的棚子 电动车充电棚
楼道感应灯 楼梯间照明 过道里的灯 声控灯
晾晒架 晒被子的架子 公共晾衣杆 晾衣处
休闲座椅 歇脚的凳子 长条凳 坐的椅子
丢垃圾的桶 分类垃圾桶 垃圾收集容器 垃圾箱
高清探头 摄像头 安防监控 监控设备
人脸门禁 刷脸开门系统 门禁 刷卡门
轮椅坡道 推婴儿车的斜坡 无障碍坡道 残疾人通道
智能信包箱 快递存放柜 取快递的柜子 快递柜
灭火器箱 消防器材 灭火设备 消防柜
儿童滑梯 小孩玩的设施 儿童游乐设施 娃娃们的游乐场
雨水沟 排水沟 下水沟 水沟
树木遮光 大树挡光 树枝挡住窗户 树冠遮阳台
单元门坏 楼下大门关不上 楼宇门损坏 单元防盗门失灵
屋面渗漏 楼顶漏雨 顶楼渗水 房顶漏水
化粪池满溢 粪水外流 化粪池冒溢 粪池堵了
外墙脱落 墙皮掉落 外墙瓷砖开裂 外立面掉砖
电梯加装 楼房加梯 老楼加电梯 既有住宅加装电梯
飞线充电 窗口拉线充电瓶车 私拉电线给电动车充电 乱拉线充电
楼道堆物 走廊放杂物 楼梯间堆东西 楼道杂物
地面坑洼 道路破损 路面不平 路上有坑
水压不足 自来水太小 用水没压力 高层水压低
蚊虫多 灭蚊除虫 蚊子消杀 苍蝇蚊子多
窗户玻璃破损 楼道窗坏了 走廊窗玻璃碎 楼梯间窗户破了""".splitlines()
MEETING = """给老年人理发 免费剪头发 为长者义剪 老人理发服务
智能手机教学 教老人用手机 长者学微信 手机使用课
量血压测血糖 免费测血压血糖 血压血糖监测 测压测糖
防诈骗宣讲 反诈知识讲座 谨防电信诈骗课 教老人识骗
暑期托管 暑假看护孩子 暑托班 假期儿童照看
书法培训 毛笔字班 练字课 学书法
亲子阅读 绘本故事会 带孩子读书 亲子共读
露天电影 公益电影放映 坝坝电影 广场放电影
法律咨询 律师答疑 免费法律服务 普法咨询
独居老人探访 看望空巢老人 走访孤寡老人 上门探望独居长者
磨刀修伞 磨剪刀修雨伞 磨菜刀补伞 磨刀和修伞
包粽子活动 端午裹粽子 端午节做粽子 粽子制作
心理疏导 心理咨询 情绪减压辅导 心理健康服务
急救培训 心肺复苏教学 应急救护课 学急救
消防演习 灭火逃生演练 火灾疏散演练 消防逃生训练
招聘会 求职招聘专场 找工作的招工会 就业岗位推介
合唱队 唱歌兴趣班 歌咏团 合唱团
垃圾分类宣传 分类投放指导 教居民垃圾分类 垃圾分类知识讲解
家电清洗维修 修小家电 电器义务维修 家用电器修理
闲置物品交换 跳蚤市场 旧物置换集市 二手交换
送餐上门 为老助餐 给老人送饭 老年人配餐
陪老人看病 就医陪同 陪诊服务 陪同就诊
剪纸手工课 非遗剪纸 学剪窗花 剪纸体验
太极拳教学 学打太极 太极班 教八段锦太极""".splitlines()
PLACES = [f"{n}号楼" for n in (1, 2, 6, 9, 11, 16)]
PLACES += ["3单元", "5单元", "北门", "西门", "三期", "A区", "B区"]
REASONS = ("家里老人进出不方便，", "多位邻居都提到，", "一直没人管，", "天气变了，", "", "", "", "")
TAILS = ("，望重视", "，大家都盼着", "，不知道行不行", "，麻烦了！", "", "", "", "")
FRAMES = (
    "{reason}{place}{verb}{noun}{tail}",
    "{noun}：{place}{tail}",
    "{place}的居民说想{verb}{noun}{tail}",
    "关于{place}{noun}的诉求{tail}",
    "{noun}，{place}能{verb}吗？{reason}",
    "{reason}请考虑{place}{noun}",
)
VERBS = ("", "", "解决", "增加", "弄一下", "搞定", "安排")
HOMES = ["桂园", "松涛", "和平里", "望江", "北辰", "荷塘", "东湖", "学苑"]


def items_of(random_, count):
    """True items: (community, words, place); one thing a community unless places differ."""
    items = set()
    while len(items) < count:
        home = random_.choice(HOMES) + "社区"
        if random_.random() < 0.25:
            items.add((home, random_.choice(MEETING), ""))
        else:
            items.add((home, random_.choice(PLACED), random_.choice(PLACES)))
    return sorted(items)


def written(item, random_):
    """One way of writing an item."""
    _, line, place = item
    noun = random_.choice(line.split())
    if random_.random() < 0.08 and len(noun) > 4:
        at = random_.randrange(1, len(noun))
        noun = noun[:at] + noun[at + 1 :]
    text = random_.choice(FRAMES).format(
        reason=random_.choice(REASONS),
        place=place.replace("号楼", random_.choice(["号楼", "栋", "幢"])),
        verb=random_.choice(VERBS),
        noun=noun,
        tail=random_.choice(TAILS),
    )
    return wrong(text, random_) if random_.random() < 0.8 else traditional(text)


def requests_of(seed, size, items):
    """Wordings and, for each, its true item."""
    random_ = random.Random(seed)
    listed = items_of(random_, items)
    chosen = listed + [random_.choice(listed) for _ in range(size - len(listed))]
    random_.shuffle(chosen)
    texts = [written(item, random_) for item in chosen]
    return [
        Wording(f"q{at}", text, community=item[0])
        for at, (text, item) in enumerate(zip(texts, chosen, strict=True))
    ], chosen


def forget(share, seed):
    """Drop a share of the listed variants."""
    random_ = random.Random(seed)
    known = phrases.lexicon()
    kept = tuple(row for row in known if random_.random() >= share)
    phrases.lexicon = lambda: kept
    phrases.variants.cache_clear()
    phrases.read.cache_clear()
    return known


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--forget", type=float, nargs="*", default=[0.0, 0.3, 0.6])
    options = parser.parse_args()
    wordings, truth = requests_of(options.seed, options.size, options.items)
    for share in options.forget:
        usual = phrases.lexicon
        forget(share, options.seed)
        started = time.perf_counter()
        line = {"forgotten": share, "requests": len(wordings), "items": len(set(truth))}
        line |= score(ours(wordings), truth)
        line |= {"seconds": round(time.perf_counter() - started, 2)}
        print(json.dumps(line))
        phrases.lexicon = usual


if __name__ == "__main__":
    main()
