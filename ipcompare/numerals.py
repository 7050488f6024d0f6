"""The value of a number as Chinese texts write it: 1,200.5, 三百, 两千五百, 一点五, 十五."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "半": 0.5}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}


def magnitude(prefix: str) -> float:
    """The factor a unit's magnitude stands for: ``""`` 1, ``"万"`` 10**4, ``"千万"`` 10**7."""
    factor = 1
    for char in prefix:
        factor *= _SMALL.get(char) or _LARGE.get(char) or 1
    return float(factor)


def value(number: str) -> float:
    """The value of one number, NaN for what is none (never a guess).

    >>> value("1,200.5"), value("两千五百"), value("十五"), value("一点五"), value("三百零五")
    (1200.5, 2500.0, 15.0, 1.5, 305.0)
    """
    try:
        return float(number.replace(",", "").replace(" ", ""))
    except ValueError:
        pass
    whole, _, decimals = number.partition("点")
    if decimals:
        figures = "".join(str(_DIGITS.get(c, "")) for c in decimals)
        return float(f"{int(value(whole))}.{figures}") if whole else float("nan")
    return _chinese(whole)


def _chinese(number: str) -> float:
    """三百 → 300; 二〇 is read digit by digit; 百 alone is 100, as in 突破百亿元."""
    if not number or any(c not in _DIGITS and c not in _SMALL and c not in _LARGE for c in number):
        return float("nan")
    if len(number) > 1 and all(c in _DIGITS for c in number):
        return float("".join(str(_DIGITS[c]) for c in number if c != "半"))
    total, group, digit = 0.0, 0.0, None
    for char in number:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            group += (1 if digit is None or digit == 0 else digit) * _SMALL[char]
            digit = None
        else:
            part = group + (digit or 0)
            total = (
                total + part * _LARGE[char]
                if char == "万" and total
                else ((total + part or 1) * _LARGE[char])
            )
            group, digit = 0.0, None
    return total + group + (digit or 0)
