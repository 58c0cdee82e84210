"""CSURI: which nailfold image of a patient it is computed from, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssc_hand.domain.anatomy import Site


@dataclass(frozen=True, slots=True)
class Image:
    """The image of one finger's nailfold, counted."""

    site: Site
    #: N: capillaries in the distal row.
    capillaries: int
    #: M: megacapillaries.
    mega: int
    #: D: largest diameter of a megacapillary in micrometres; None where it is not recorded.
    diameter: float | None


def chosen_image(images: Iterable[Image]) -> Image | None:
    """The image with the fewest capillaries among those with a megacapillary, then with the most megacapillaries.

    None where no image has a megacapillary. An image without any capillary cannot be divided by and is left out.
    Source: Sebastiani 2009, doi:10.1002/art.24394; fingers II-V of both hands.
    """
    fit = [image for image in images if image.mega >= 1 and image.capillaries >= 1]
    return min(fit, key=lambda image: (image.capillaries, -image.mega, -(image.diameter or 0.0)), default=None)


def csuri(image: Image) -> float:
    """D x M / N^2 of an image, D in micrometres; raises ValueError where D is not recorded.

    Source: Sebastiani 2009, doi:10.1002/art.24394.
    """
    if image.diameter is None:
        raise ValueError("CSURI needs the largest diameter")
    return image.diameter * image.mega / image.capillaries**2
