"""Two bodies with unequal costs: what goodwill and making up a loss do to joint work. All numbers are invented."""


def who_pays_who_gains(uneven: float, made_up: float, goodwill: float) -> dict[str, list[float]]:
    """Return three lines, each from 0 to 100: at the start, and after each of twelve quarters."""
    cost_youth = uneven / 100  # of every pound that the work costs, what the youth service bears
    paid_over = made_up / 100 * max(0.0, cost_youth - 0.3)
    net_youth = 0.3 - cost_youth + paid_over  # it gains 30p in the pound
    net_police = 0.9 - (1 - cost_youth) - paid_over  # they gain 90p
    warmth = goodwill / 10
    start = 0.35 + 0.4 * warmth - 0.15 * made_up / 100  # settling takes time at the start
    youth = police = min(1.0, max(0.0, start))
    lines: dict[str, list[float]] = {"youth": [], "police": [], "together": []}
    for _ in range(13):
        for name, value in [("youth", youth), ("police", police), ("together", (youth * police) ** 0.5)]:
            lines[name].append(round(100 * value, 2))
        youth += 0.35 * (min(1.0, max(0.0, 0.5 + 0.9 * net_youth + 0.45 * warmth)) - youth)
        police += 0.35 * (min(1.0, max(0.0, 0.5 + 0.9 * net_police + 0.45 * warmth)) - police)
        warmth = min(1.0, max(0.0, 0.85 * warmth + 0.1 * min(net_youth, net_police)))
    return lines
