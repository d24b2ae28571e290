"""Give every group of things its own colours, equally light and readable in both schemes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#1e2129"
"""Material's slate, the lightest dark page in use: darker pages only add contrast."""

_FIRST = 255.0
_DULL = (88.0, 143.0)
"""Angles left out: dark yellow is olive whatever one does."""
_APART = 2.0
_CHROMA = 0.13
_LIGHT = ((0.46, 0.125), (0.62, 0.13), (0.968, 0.016))
_DARK = ((0.82, 0.10), (0.60, 0.10), (0.265, 0.035))

Shades = tuple[str, str, str]
"""Colours of text, rule and wash, as #rrggbb."""


@dataclass(frozen=True)
class Hue:
    """One hue in both schemes."""

    light: Shades
    dark: Shades


def spread(groups: Sequence[int]) -> list[Hue]:
    """Give hues for groups of these sizes: neighbours inside one, a wider step between them."""
    sizes = [size for size in groups if size > 0]
    steps = sum(size - 1 + _APART for size in sizes)
    hues: list[Hue] = []
    at = 0.0
    for size in sizes:
        for place in range(size):
            hues.append(_hue(_angle((at + place) / steps), 1.0))
        at += size - 1 + _APART
    return hues


def from_colour(colour: str) -> Hue:
    """Give the hue of a colour written #rgb or #rrggbb, as strong as it, at our lightness."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", colour):
        raise ValueError(f"not a colour: {colour!r}")
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    a, b = _oklab(f"#{digits}")
    return _hue(math.degrees(math.atan2(b, a)), min(1.0, math.hypot(a, b) / _CHROMA))


def stylesheet(hues: Iterable[Hue]) -> str:
    """Write the classes px-h-0, px-h-1 and so on, light and dark."""
    light, slate, system = [], [], []
    for number, hue in enumerate(hues):
        light.append(f".px-h-{number}{_variables(hue.light)}")
        slate.append(f"[data-md-color-scheme=slate] .px-h-{number}{_variables(hue.dark)}")
        system.append(f".no-js .px-h-{number}{_variables(hue.dark)}")
    if not light:
        return ""
    # Only on screen: paper is light in every scheme, as Material has it.
    return "\n".join(
        [
            *light,
            "@media screen{",
            *slate,
            "}",
            "@media screen and (prefers-color-scheme:dark){",
            *system,
            "}",
            "",
        ]
    )


def contrast(one: str, other: str) -> float:
    """Give the WCAG contrast ratio of two colours written #rrggbb."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _angle(turn: float) -> float:
    """Give the angle after this part of a turn, from the first hue round to it again."""
    angle = _FIRST + turn * (360 - _DULL[1] + _DULL[0])
    return angle if angle <= 360 + _DULL[0] else angle + _DULL[1] - _DULL[0]


def _hue(angle: float, strength: float) -> Hue:
    """Make one hue, with lightness moved where contrast asks for it."""
    return Hue(
        _shades(_LIGHT, LIGHT_PAGE, -0.01, angle, strength),
        _shades(_DARK, DARK_PAGE, 0.01, angle, strength),
    )


def _shades(
    recipe: Sequence[tuple[float, float]], page: str, step: float, angle: float, strength: float
) -> Shades:
    """Mix text, rule and wash of one scheme; `step` leads away from the page."""
    (text_at, text_c), (rule_at, rule_c), (wash_at, wash_c) = recipe
    wash = _colour(wash_at, wash_c * strength, angle)
    text = _away(text_at, text_c * strength, angle, step, (page, wash), 4.5)
    rule = _away(rule_at, rule_c * strength, angle, step, (page, wash), 3.0)
    return text, rule, wash


def _away(
    lightness: float, chroma: float, angle: float, step: float, grounds: Sequence[str], least: float
) -> str:
    """Move a colour from its grounds until it stands out enough on each."""
    colour = _colour(lightness, chroma, angle)
    while min(contrast(colour, ground) for ground in grounds) < least and 0 < lightness < 1:
        lightness += step
        colour = _colour(lightness, chroma, angle)
    return colour


def _colour(lightness: float, chroma: float, angle: float) -> str:
    """Turn OKLCH into #rrggbb, with less chroma where a screen cannot show it."""
    turn = math.radians(angle)
    while True:
        rgb = _linear(lightness, chroma * math.cos(turn), chroma * math.sin(turn))
        if chroma <= 0 or all(-0.0005 <= part <= 1.0005 for part in rgb):
            break
        chroma = max(0.0, chroma - 0.002)
    return "#" + "".join(f"{round(255 * _encode(min(1.0, max(0.0, part)))):02x}" for part in rgb)


def _linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """Turn OKLab into linear sRGB (Ottosson's matrices)."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _oklab(colour: str) -> tuple[float, float]:
    """Give the a and b of a colour in OKLab."""
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _luminance(colour: str) -> float:
    """Give the relative luminance of a colour, 0 to 1."""
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    """Give the three channels of #rrggbb in linear light."""
    red, green, blue = (_decode(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _encode(part: float) -> float:
    """Turn one channel from linear light to sRGB."""
    return float(12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)


def _decode(part: float) -> float:
    """Turn one channel from sRGB to linear light."""
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _variables(shades: Shades) -> str:
    """Write the three colours as a block of custom properties."""
    text, rule, wash = shades
    return f"{{--h-text:{text};--h-rule:{rule};--h-wash:{wash}}}"
