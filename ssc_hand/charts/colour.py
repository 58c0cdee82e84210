"""Colour arithmetic: perceptual lightness, ramps that stay a ramp in grey, contrast of ink on a fill."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

#: A colour in OKLab (Ottosson 2020, https://bottosson.github.io/posts/oklab/): lightness 0 to 1, two hue axes.
Lab = tuple[float, float, float]

BLACK = "#000000"
WHITE = "#ffffff"


def _channels(colour: str) -> tuple[float, float, float]:
    """Linear light of red, green and blue, 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> int:
    clipped = min(1.0, max(0.0, value))
    encoded = clipped * 12.92 if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
    return round(encoded * 255)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2)."""
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on a fill; never below 4.5:1, since one of them always reaches it."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, fill))


def to_lab(colour: str) -> Lab:
    """A colour in OKLab."""
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_lab(lab: Lab) -> str:
    """The nearest "#rrggbb" of a colour in OKLab; what a screen cannot show is clipped."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return "#" + "".join(f"{_encoded(channel):02x}" for channel in (red, green, blue))


def ramp(anchors: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` colours from the first anchor to the last in equal steps of lightness, hue passing by the anchors.

    The anchors must go one way in lightness.
    """
    labs = [to_lab(anchor) for anchor in anchors]
    first, last = labs[0][0], labs[-1][0]
    wanted = [first + (last - first) * at / max(1, count - 1) for at in range(count)]
    return tuple(from_lab(_at_lightness(labs, lightness)) for lightness in wanted)


def _at_lightness(labs: Sequence[Lab], lightness: float) -> Lab:
    for before, after in pairwise(labs):
        low, high = sorted((before[0], after[0]))
        if low <= lightness <= high:
            part = (lightness - before[0]) / (after[0] - before[0])
            return (
                lightness,
                before[1] + part * (after[1] - before[1]),
                before[2] + part * (after[2] - before[2]),
            )
    return labs[-1]
