"""What the corpus teaches: words used in the same places everywhere, and only those."""

from mulin.matching.likeness import Wording, suggest_merges
from mulin.matching.likeness_habits import Heap, meanings

SPOTS = [(f"社区{at}", True) for at in range(40)]


def heaps(word, spots):
    return [Heap(spot, {word: 1.0}, 5) for spot in spots]


def same(first, second, spots_one, spots_two):
    others = heaps("c", SPOTS)
    found = meanings([*heaps(first, spots_one), *heaps(second, spots_two), *others])
    return found[0] == found[len(spots_one)]


def test_words_of_the_same_many_spots_mean_the_same():
    assert same("a", "b", SPOTS[:8], SPOTS[:8]) is True


def test_words_of_other_spots_keep_their_meanings():
    assert same("a", "b", SPOTS[:8], SPOTS[8:16]) is False


def test_words_of_few_shared_spots_keep_their_meanings():
    assert same("a", "b", SPOTS[:2], SPOTS[:2]) is False


def test_one_heap_alone_has_its_own_meaning():
    assert meanings(heaps("a", SPOTS[:1])) == [1]


def corpus(places):
    """Everyone asks each place for one thing in two unlisted words; other places for others."""
    texts = [f"{place}号楼{word}" for place in places for word in ("甪甪器", "囧囧机")]
    texts += [f"{place}号楼{word}" for place in range(50, 70) for word in ("垚垚台", "垚垚架")]
    return [Wording(str(at), text, community="甲") for at, text in enumerate(texts)]


def test_unlisted_synonyms_are_learnt_from_many_buildings():
    groups = suggest_merges(corpus(range(1, 9)))

    assert groups[0].ids == ("0", "1")


def test_unlisted_words_of_one_building_stay_apart():
    assert ("0", "1") not in [group.ids for group in suggest_merges(corpus([1]))]


def test_learnt_synonyms_never_join_buildings():
    ids = [group.ids for group in suggest_merges(corpus(range(1, 9)))]

    assert [one for one in ids if len(one) > 2] == []
