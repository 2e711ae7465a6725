"""Merging suggestions on generated requests: pairwise precision and recall, time, memory, peers.

python -m benchmarks.merging [--json] [--seed N] [--size N] [--split all|seen|held]
"""

import argparse
import json
import random
import resource
import time
from collections import Counter, defaultdict
from functools import partial

from benchmarks import merging_words as words
from mulin.hanzi import fold
from mulin.matching.likeness import Wording, suggest_merges

TO_OLD = None


def traditional(text):
    """The text in traditional script."""
    global TO_OLD
    if TO_OLD is None:
        import opencc

        TO_OLD = opencc.OpenCC("s2t")
    return TO_OLD.convert(text)


def true_items(random_, count):
    """Distinct (community, kind, row, place) items; neighbours share words, or places, not both."""
    items = set()
    while len(items) < count:
        kind = random_.choice(["object", "object", "event", "fault"])
        listed = {"object": words.OBJECTS, "event": words.EVENTS, "fault": words.FAULTS}[kind]
        place = "" if kind == "event" else random_.choice(words.BUILDINGS)
        community = f"示例{random_.choice('甲乙丙丁戊己庚辛壬癸')}社区"
        item = (community, kind, random_.randrange(len(listed)), place)
        rivals = {other for other in items if other[:3] == item[:3]}
        if all(place and other[3] for other in rivals):
            items.add(item)
    return sorted(items)


def paraphrase(item, random_, split):
    """One way of writing an item."""
    _, kind, row, place = item
    listed = {"object": words.OBJECTS, "event": words.EVENTS, "fault": words.FAULTS}[kind]
    usual, seen, held = listed[row]
    choices = {"seen": [usual, *seen], "held": held, "all": [usual, usual, *seen, *seen, *held]}
    noun = random_.choice(choices[split])
    verbs = {"object": words.INSTALL, "event": words.HOLD, "fault": (words.FAULT_VERBS, [])}[kind]
    verb = random_.choice(verbs[1] if split == "held" and verbs[1] else verbs[0])
    if kind == "event" and random_.random() < 0.3:
        verb = ""
    spot = written(place, random_)
    core = random_.choice(
        [spot + verb + noun, verb + spot + noun, spot + noun + verb, noun + verb + spot]
        if kind != "event"
        else [verb + noun, noun + verb if not noun.endswith("座") else verb + noun]
    )
    return wrong(random_.choice(words.BEFORE) + core + random_.choice(words.AFTER), random_)


def written(place, random_):
    """A place as people write it: digits or numerals, 号楼 or 栋."""
    if place in ("", "东门", "南门", "一期", "二期"):
        return place
    number = place.rstrip("号楼栋")
    numerals = {"3": "三", "5": "五", "7": "七", "12": "十二"}
    return random_.choice([number, numerals[number]]) + random_.choice(["号楼", "栋", "幢"])


def wrong(text, random_):
    """Sometimes a typing error, or the other script."""
    if random_.random() < 0.15 and len(text) > 5:
        places = [
            at
            for at, char in enumerate(text)
            if char >= "\u4e00"
            and char not in "号楼栋幢期"
            and char not in "一二三四五六七八九十东南门"
        ]
        at = random_.choice(places)
        how = random_.choice(["drop", "double", "sound"])
        if how == "drop":
            text = text[:at] + text[at + 1 :]
        elif how == "double":
            text = text[: at + 1] + text[at:]
        else:
            at = next((at for at in places if text[at] in words.SAME_SOUND), at)
            text = text[:at] + words.SAME_SOUND.get(text[at], text[at]) + text[at + 1 :]
    return traditional(text) if random_.random() < 0.15 else text


def requests_of(seed, size, split):
    """Wordings and, for each, its true item."""
    random_ = random.Random(seed)
    items = true_items(random_, 400)
    chosen = items + [random_.choice(items) for _ in range(size - len(items))]
    random_.shuffle(chosen)
    wordings = [
        Wording(f"q{at}", paraphrase(item, random_, split), community=item[0])
        for at, item in enumerate(chosen)
    ]
    return wordings, chosen


def score(groups, truth):
    """Pairwise precision, recall of groups of row numbers."""
    together = Counter()
    for at, group in enumerate(groups):
        for row in group:
            together[at, truth[row]] += 1
    right = sum(n * (n - 1) // 2 for n in together.values())
    said = sum(len(group) * (len(group) - 1) // 2 for group in groups)
    true = sum(n * (n - 1) // 2 for n in Counter(truth).values())
    return {"precision": round(right / said, 4) if said else 1.0, "recall": round(right / true, 4)}


def ours(wordings):
    """Our suggestions as groups of row numbers."""
    return [[int(one[1:]) for one in group.ids] for group in suggest_merges(wordings)]


def same_text(wordings):
    """Peer: exactly the same folded text in one community."""
    groups = defaultdict(list)
    for at, wording in enumerate(wordings):
        groups[wording.community, fold(wording.text)].append(at)
    return list(groups.values())


def token_set(wordings, least):
    """Peer: rapidfuzz token_set_ratio of spaced characters, connected above a threshold."""
    import numpy as np
    from rapidfuzz import fuzz, process

    groups = []
    homes = defaultdict(list)
    for at, wording in enumerate(wordings):
        homes[wording.community].append(at)
    for rows in homes.values():
        texts = [" ".join(fold(wordings[row].text)) for row in rows]
        near = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, dtype=np.uint8) >= least
        left = set(range(len(rows)))
        while left:
            wave, group = [left.pop()], []
            while wave:
                one = wave.pop()
                group.append(rows[one])
                found = [other for other in np.flatnonzero(near[one]).tolist() if other in left]
                left.difference_update(found)
                wave += found
            groups.append(group)
    return groups


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--split", default="", choices=["", "all", "seen", "held"])
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    methods = {"mulin": ours}
    if not options.no_peers:
        methods |= {"same text": same_text}
        methods |= {
            f"rapidfuzz token_set_ratio {at}": partial(token_set, least=at) for at in (75, 85, 95)
        }
    for split in [options.split] if options.split else ["all", "seen", "held"]:
        wordings, truth = requests_of(options.seed, options.size, split)
        for name, method in methods.items():
            started = time.perf_counter()
            groups = method(wordings)
            seconds = round(time.perf_counter() - started, 2)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            line = {"method": name, "split": split, "requests": len(wordings)}
            line |= {"items": len(set(truth)), **score(groups, truth)}
            line |= {"seconds": seconds, "peak_mb": peak}
            print(json.dumps(line, ensure_ascii=False) if options.json else line)


if __name__ == "__main__":
    main()
