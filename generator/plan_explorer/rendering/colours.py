"""Give every group of things its own colours, equally light and readable in both schemes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FIRST = 255.0
_DULL = (88.0, 143.0)
"""Angles left out: dark yellow is olive whatever one does."""
_APART = 2.0
_CHROMA = 0.13
_LIGHT = ((0.46, 0.125), (0.62, 0.13), (0.968, 0.016))
_DARK = ((0.82, 0.10), (0.60, 0.10), (0.265, 0.035))
"""Lightness and chroma of text, rule and wash: readable at every angle, as a test proves."""

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
    """Give the hue of a CSS colour, as strong as it, at our lightness."""
    from coloraide import Color

    _, chroma, angle = Color(colour).convert("oklch").coords(nans=False)
    return _hue(angle, min(1.0, chroma / _CHROMA))


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


def _angle(turn: float) -> float:
    """Give the angle after this part of a turn, from the first hue round to it again."""
    angle = _FIRST + turn * (360 - _DULL[1] + _DULL[0])
    return angle if angle <= 360 + _DULL[0] else angle + _DULL[1] - _DULL[0]


def _hue(angle: float, strength: float) -> Hue:
    """Make one hue: its angle at the lightness of each scheme."""
    return Hue(_shades(_LIGHT, angle, strength), _shades(_DARK, angle, strength))


def _shades(recipe: Sequence[tuple[float, float]], angle: float, strength: float) -> Shades:
    """Mix text, rule and wash of one scheme, with less chroma where a screen cannot show it."""
    from coloraide import Color  # 0.08 s that only a build needs to spend

    colours = [Color("oklch", (lightness, chroma * strength, angle)) for lightness, chroma in recipe]
    fit = {"method": "oklch-chroma", "jnd": 0}
    text, rule, wash = (colour.convert("srgb").to_string(hex=True, fit=fit) for colour in colours)
    return text, rule, wash


def _variables(shades: Shades) -> str:
    """Write the three colours as a block of custom properties."""
    text, rule, wash = shades
    return f"{{--h-text:{text};--h-rule:{rule};--h-wash:{wash}}}"
