"""Three years of a repairs service: what pressure, support and protected time do to it. All numbers are invented."""


def three_years(pressure: float, support: float, time: float) -> dict[str, list[float]]:
    """Return four lines, each from 0 to 100: at the start, and after each of 36 months."""
    push, help_, hours = pressure / 10, support / 10, time / 8
    learning = 0.6 * help_ * (2 - help_) + 0.4 * hours * (2 - hours) * (0.4 + 0.6 * help_)
    capacity = 1 - 0.16 * help_ - 0.20 * hours  # both take hours from the work itself
    effort, skill, tired, trust, bending = 0.80, 0.55, 0.35, 0.50, 0.05
    lines: dict[str, list[float]] = {"reported": [], "fact": [], "tired": [], "trust": []}
    for _ in range(37):
        fact = min(1.0, 1.4 * skill * effort * (1 - 0.5 * tired))
        reported = fact + bending * (1 - fact)
        for name, value in [("reported", reported), ("fact", fact), ("tired", tired), ("trust", trust)]:
            lines[name].append(round(100 * value, 3))
        strain = min(1.0, max(0.0, 0.10 + 0.85 * push * (1 - 0.4 * help_) - 0.10 * hours))
        leaving = 0.08 * max(0.0, tired - 0.40)
        effort += ((0.72 + 0.36 * push) * capacity - effort) / 2
        skill += 0.045 * learning * (1 - skill) - (0.010 + leaving) * skill
        tired += (strain - tired) / 10
        trust += (0.38 + 0.52 * help_ - 0.35 * push * (1 - help_) - trust) / 9
        bending += (0.55 * push * (1 - trust) - bending) / 5
    return lines
