"""How an alliance's things are written: the numbers of its mechanism."""

from django.utils.translation import get_language

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1–99 as 一 … 九十九; larger numbers stay in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "")
    return words + (DIGITS[ones] if ones else "")


def heading_number(path: tuple[int, ...]) -> str:
    """The number before a heading: 一、 （一） 1. （1） by level (GB/T 9704-2012), else 1.2.1."""
    if not (get_language() or "").startswith("zh") or len(path) > 4:
        return ".".join(str(number) for number in path)
    number = path[-1]
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")[
        len(path) - 1
    ]
