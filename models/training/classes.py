"""The 16 part classes of the contract, and how each training source names them."""

CLASSES = [
    "ic", "resistor", "capacitor", "inductor", "diode", "transistor", "connector", "led",
    "crystal", "switch", "battery", "buzzer", "display", "fuse", "potentiometer", "relay",
]

# A label whose class the source does not tell apart: the part score learns from it, the class does not.
UNKNOWN = -1

_SPELLINGS = {
    "clock": "crystal",
    "chip-capacitor": "capacitor",
    "chip-resistor": "resistor",
}

YELLOWLABS = [
    "IC", "LED", "inductor", "potentiometer", "relay", "resistor", "switch", "transistor",
    "battery", "buzzer", "capacitor", "clock", "connector", "diode", "display", "fuse",
]
OLEG = ["chip-capacitor", "chip-resistor", "diode", "ic", "transistor"]
SAME_BOARD = [
    "IC", "LED", "battery", "buzzer", "capacitor", "clock", "connector", "diode", "display",
    "fuse", "inductor", "potentiometer", "relay", "resistor", "switch", "transistor",
]


def class_index(name: str) -> int:
    """Our index of a source's class name."""
    name = name.lower()
    return CLASSES.index(_SPELLINGS.get(name, name))
