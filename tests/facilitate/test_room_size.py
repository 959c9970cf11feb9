"""How many groups a room makes: the page counts as Python does."""

from courseware.facilitate import sessions, wording
from tests import agreement


def test_the_page_makes_the_same_groups(tmp_path):
    sizes = range(sessions.FEWEST, sessions.MOST + 1)
    groups = [[size, wording.room(size).groups, wording.room(size).rooms] for size in sizes]
    agreement.run(tmp_path, "room_size", {"fewest": sessions.FEWEST, "most": sessions.MOST, "groups": groups})
