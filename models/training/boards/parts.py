"""From a footprint to the part on it: its class and its visible outline in the footprint's frame."""

from __future__ import annotations

import re

import numpy as np

from classes import CLASSES, UNKNOWN

from .kicad import Footprint

# Reference prefix -> class. What is not listed is a part of unknown class.
_PREFIX = {
    "R": "resistor", "RM": "resistor", "RN": "resistor", "RA": "resistor", "C": "capacitor", "L": "inductor", "FB": "inductor",
    "D": "diode", "TVS": "diode", "Q": "transistor", "FET": "transistor", "U": "ic", "IC": "ic", "J": "connector", "P": "connector",
    "CON": "connector", "CN": "connector", "USB": "connector", "HDMI": "connector", "LAN": "connector", "UEXT": "connector",
    "EXT": "connector", "X": "connector", "SATA": "connector", "GPIO": "connector", "Y": "crystal", "CR": "crystal", "SW": "switch",
    "S": "switch", "BUT": "switch", "RST": "switch", "F": "fuse", "FUSE": "fuse", "LED": "led", "BAT": "battery", "BT": "battery",
    "RV": "potentiometer", "K": "relay", "BZ": "buzzer", "VR": "ic", "RT": "resistor",
}
_NO_PART = re.compile(r"fid|logo|icon|mount|hole|testp|^tp|label|sign|jumper|netti|antenna|panel|stencil|sj|tooling|drill|marking", re.I)


def part_class(part: Footprint) -> int | None:
    """Index into CLASSES, UNKNOWN, or None when nothing is ever soldered there."""
    prefix = re.match(r"[A-Za-z_]*", part.reference).group(0).upper()
    library = part.library.split(":")[-1]
    if not part.pads or _NO_PART.search(library) or prefix in ("TP", "FID", "MH", "H", "JP", "SJ", "G", "LOGO", "MP", "FD", "NT", "REF", ""):
        return None
    if re.search(r"\bled|led_|_led|^led", library, re.I):
        prefix = "LED"
    if re.search(r"crystal|xtal|oscill|TSX-|HC-?49", library, re.I):
        prefix = "Y"
    if prefix.startswith("USB") or prefix.startswith("HDMI") or re.search(r"conn|header|socket|jack|pin_?strip", library, re.I):
        prefix = "J"
    name = _PREFIX.get(prefix)
    return CLASSES.index(name) if name else UNKNOWN


def _bounds(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray] | None:
    if not lines:
        return None
    points = np.concatenate(lines)
    low, high = points.min(0), points.max(0)
    return (low, high) if (high - low).min() > 0.2 else None


def pad_bounds(part: Footprint) -> tuple[np.ndarray, np.ndarray]:
    low, high = [], []
    for pad in part.pads:
        swap = abs((pad.angle % 180) - 90) < 45
        half = (pad.size[::-1] if swap else pad.size) / 2
        low.append(pad.centre - half)
        high.append(pad.centre + half)
    return np.min(low, 0), np.max(high, 0)


def body(part: Footprint) -> tuple[np.ndarray, np.ndarray]:
    """Low and high corner of the package's body: the fabrication outline, else what courtyard or pads suggest."""
    pads_low, pads_high = pad_bounds(part)
    pad_size = pads_high - pads_low
    found = _bounds(part.lines.get("Fab", []))
    if found is None:
        found = _bounds(part.lines.get("CrtYd", []))
        if found:
            found = (found[0] + 0.25, found[1] - 0.25)
    if found:
        size = found[1] - found[0]
        # Fabrication drawings sometimes hold dimensions or a whole enclosure: believe them only near the pads.
        if (size < pad_size * 2.6 + 3).all() and (size > pad_size * 0.25).all():
            return found
    if len(part.pads) == 2 and part.pads[0].hole == 0:  # a chip: covers half of each pad
        along = 0 if pad_size[0] >= pad_size[1] else 1
        inset = np.zeros(2)
        inset[along] = 0.3 * min(p.size.min() for p in part.pads)
        inset[1 - along] = 0.08 * pad_size[1 - along]
        return pads_low + inset, pads_high - inset
    silk = _bounds(part.lines.get("SilkS", []))
    if silk and (silk[1] - silk[0] < pad_size * 1.8 + 2).all():
        return silk
    return pads_low, pads_high


def visible(part: Footprint, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Body plus leads. A lead ends shortly before the end of its pad; a chip has none."""
    pads_low, pads_high = pad_bounds(part)
    if len(part.pads) <= 2 or part.pads[0].hole:
        return low, high
    margin = 0.22 * np.median([p.size.min() for p in part.pads])
    return np.minimum(low, pads_low + margin), np.maximum(high, pads_high - margin)
