"""A plan for n needs and n resources: time from items to plan, gap, violations, memory.

python -m benchmarks.matching [--size N] [--seed N] [--json]
"""

import argparse
import json
import random
import resource as limits
import time

from mulin import matching

THINGS = [
    "老人理发",
    "法律讲座",
    "会议室",
    "扶手安装",
    "义诊",
    "反诈宣讲",
    "作业辅导",
    "合唱老师",
    "雨伞",
    "轮椅",
    "充电棚",
    "绿化养护",
]
EXTRA = [
    "周末",
    "社区",
    "长期",
    "免费",
    "上门",
    "儿童",
    "老年人",
    "志愿者",
    "活动",
    "小区",
    "居民",
    "便民",
]
MEASURES = ["", "人", "次", "场", "把", "处"]


def shared(random_, at, prefix):
    """The fields a need and a resource have in common."""
    day = random_.randrange(7)
    windows = (matching.Window(day, 540, 720),) if random_.random() < 0.3 else ()
    return {
        "id": f"{prefix}{at}",
        "title": random_.choice(EXTRA) + random_.choice(THINGS) + random_.choice(EXTRA),
        "unit": f"{prefix}单位{at % 150}",
        "community": f"社区{at % 40}",
        "amount": random_.choice([None, None, 1, 2, 5, 20]),
        "measure": random_.choice(MEASURES),
        "windows": windows,
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    needs = [matching.Need(**shared(random_, at, "n")) for at in range(options.size)]
    resources = [matching.Resource(**shared(random_, at, "r")) for at in range(options.size)]
    started = time.perf_counter()
    problem = matching.problem(resources, needs)
    built = time.perf_counter()
    plan = matching.solve(problem)
    solved = time.perf_counter()
    unmet = matching.unmet(plan)
    line = {"method": "mulin", "size": options.size, "edges": len(problem.edges)}
    line |= {"candidates_s": round(built - started, 2), "solve_s": round(solved - built, 2)}
    line |= {"unmet_s": round(time.perf_counter() - solved, 2), "unmet": len(unmet)}
    line |= {"objective": round(plan.objective, 2), "bound": round(plan.bound, 2)}
    line |= {"gap": round(plan.gap, 4)}
    line |= {"violations": len(matching.verify(problem, plan).violations)}
    line |= {"peak_mb": limits.getrusage(limits.RUSAGE_SELF).ru_maxrss // 1024}
    print(json.dumps(line) if options.json else line)


if __name__ == "__main__":
    main()
