"""Twelve years of leaders in one invented service: who is hired, grown, moved and lost. All numbers are invented."""


def the_pipeline(outside: float, places: float, moves: float) -> dict[str, list[float]]:
    """Return four lines, at the start and after each of twelve years; shares go in as per cent."""
    hired, moved = outside / 100, moves / 100
    filled, ready, years, breadth, strangers, taught = 90.0, 30.0, 4.0, 0.25, 0.2, 0.0
    lines: dict[str, list[float]] = {"filled": [], "ready": [], "years": [], "led": []}
    for _ in range(13):
        know = years / (years + 1.0 + 2.4 * strangers)  # of the place and its people; strangers take longer
        led = filled * know * (0.60 + 0.60 * breadth) * (1 - 0.006 * taught)  # teaching takes hours from the work
        for name, value in [("filled", filled), ("ready", ready), ("years", years), ("led", led)]:
            lines[name].append(round(value, 3))
        taught = places
        empty = 100 - filled + 0.09 * filled + 0.35 * moved * filled  # a move leaves a chair empty for a while
        outsiders = empty * hired * (1 - hired)  # the market thins as more is asked of it
        insiders = min(empty * (1 - hired), 0.45 * ready)
        filled = min(100.0, 100 - empty + outsiders + insiders)
        ready = max(
            0.0, ready - insiders - (0.08 + 0.30 * hired) * ready + 2 + 0.85 * places
        )  # the ready go where the posts are
        years = (years + 1) * (1 - min(0.95, (outsiders + insiders + moved * filled) / filled))
        breadth += 0.30 * (min(1.0, 0.05 + 6 * moved + 0.4 * hired) - breadth)
        strangers += 0.30 * (hired - strangers)
    return lines
