"""The model of the example: a queue that grows when more comes in than is done."""


def queue(staff: float, extra: float) -> dict[str, list[float]]:
    """Return how many letters wait at the end of each week."""
    waiting = [40.0]
    for _ in range(8):
        done = 9 * staff + 2 * extra
        waiting.append(min(200.0, max(0.0, waiting[-1] + 30 - done)))
    return {"waiting": waiting}
