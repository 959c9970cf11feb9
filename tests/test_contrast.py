"""Every pair of colours that meets is legible, in light and in dark, and charts survive colour blindness."""

import itertools
import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "courseware" / "web" / "tokens.css"
THEME = Path(__file__).parents[1] / "book" / "theme" / "static" / "theme.css"
MODES = ("light", "dark")
Linear = tuple[float, float, float]

GROUNDS = ("paper", "raised")
SERIES = tuple(f"series-{n}" for n in range(1, 7))
# Front, ground, least ratio. 4.5 is WCAG 2.2 AA for text, 3 for parts of controls and charts; higher is ours.
PAIRS: list[tuple[str, str, float]] = [
    ("ink", "paper", 12),
    ("ink", "raised", 12),
    *[("accent", ground, 7) for ground in GROUNDS],
    *[(name, ground, 4.5) for name in ("ink-soft", "consequence", "care") for ground in GROUNDS],
    ("on-accent", "accent", 7),
    *[(name, "consequence-ground", 4.5) for name in ("ink", "ink-soft", "consequence", "accent")],
    *[(name, "care-ground", 4.5) for name in ("ink", "ink-soft", "care", "accent")],
    *[("focus", ground, 3) for ground in (*GROUNDS, "consequence-ground", "care-ground")],
    *[("rule", ground, 3) for ground in GROUNDS],
    *[(name, "paper", 3) for name in SERIES],
]
# Dichromatic sight as matrices on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1,
# doi 10.1109/TVCG.2009.113.
SIGHT: dict[str, tuple[Linear, Linear, Linear]] = {
    "common": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
LEAST_APART = 15  # CIE76 difference; about 2 is just noticeable side by side


def tokens(mode: str) -> dict[str, str]:
    """Return the hex colours of a mode by token name; dark overrides what light declares."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    light, dark = text.split('html[data-theme="dark"]', 1)
    found = dict(re.findall(r"--cw-([\w-]+):\s*(#[0-9a-f]{6});", light))
    if mode == "dark":
        found |= dict(re.findall(r"--cw-([\w-]+):\s*(#[0-9a-f]{6});", dark))
    return found


def linear(colour: str) -> Linear:
    """Return a hex colour as linear light, 0 to 1 a channel."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def ratio(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two hex colours."""
    low, high = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def lab(light: Linear) -> Linear:
    """Return CIE L*a*b* (D65) of linear RGB, in which distance is roughly difference to the eye."""
    r, g, b = light
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, sight: str) -> Linear:
    """Return the L*a*b* of a colour as a kind of sight sees it."""
    light = linear(colour)
    r, g, b = (min(1.0, max(0.0, sum(w * c for w, c in zip(row, light, strict=True)))) for row in SIGHT[sight])
    return lab((r, g, b))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_pair_is_legible(mode: str, front: str, ground: str, least: float) -> None:
    colours = tokens(mode)
    measured = ratio(colours[front], colours[ground])
    assert measured >= least, f"{mode}: {front} on {ground} is {measured:.2f}:1, needs {least}:1"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sight", SIGHT)
def test_series_differ_to_every_eye(mode: str, sight: str) -> None:
    colours = tokens(mode)
    for one, other in itertools.combinations(SERIES, 2):
        apart = math.dist(seen(colours[one], sight), seen(colours[other], sight))
        assert apart >= LEAST_APART, f"{mode}, {sight}: {one} and {other} are only {apart:.1f} apart"


def test_every_colour_is_set_in_both_modes() -> None:
    light = tokens("light")
    text = TOKENS.read_text(encoding="utf-8").split('html[data-theme="dark"]', 1)[1]
    assert set(re.findall(r"--cw-([\w-]+):\s*#", text)) == set(light)


def test_the_theme_names_no_colour_of_its_own() -> None:
    rules = re.sub(r"/\*.*?\*/", "", THEME.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|\brgba?\(|\bhsla?\(", rules)


def test_the_theme_uses_only_declared_tokens() -> None:
    declared = set(re.findall(r"(--cw-[\w-]+):", TOKENS.read_text(encoding="utf-8")))
    used = set(re.findall(r"var\((--cw-[\w-]+)", THEME.read_text(encoding="utf-8")))
    assert used <= declared, f"not in tokens.css: {sorted(used - declared)}"
