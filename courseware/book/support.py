"""The support box: who to turn to, with the numbers of data/support.yml and the day they were last checked."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

EVERYWHERE = "UK"


def support_html(support: Mapping[str, Any], title: str) -> tuple[str, str]:
    """Return the box, and the words in it that search may find.

    Lines for the whole country come first, in the file's order (danger to life leads it), then each nation's.
    """
    lines = support["lines"]
    everywhere = [line for line in lines if line["nation"] == EVERYWHERE]
    nations = [line for line in lines if line["nation"] != EVERYWHERE]
    html = (
        f'<div class="course-support"><p class="support-title">{escape(title)}</p>'
        f'<ul class="support-lines">{"".join(map(_line, everywhere))}</ul>'
        + (f'<ul class="support-lines">{"".join(map(_line, nations))}</ul>' if nations else "")
        + f'<p class="support-checked">Numbers last checked on {day(str(support["checked"]))}.</p></div>'
    )
    return html, " ".join([title, *(f"{line['name']} {line['number']}" for line in lines)])


def _line(line: Mapping[str, str]) -> str:
    how, number = line["how"], line["number"]
    # A number is pressed as often as it is read.
    scheme = "sms" if how.startswith("text") else "tel"
    address = line.get("url") or f"{scheme}:{number.replace(' ', '')}"
    when = f", {escape(line['when'])}" if line.get("when") else ""
    caveat = f' <span class="support-caveat">{escape(line["caveat"])}</span>' if line.get("caveat") else ""
    return (
        f'<li><strong>{escape(line["name"])}</strong> <a href="{escape(address)}">{escape(number)}</a>'
        f" ({escape(how)}): {escape(line['who'])}{when}.{caveat}</li>"
    )


def day(text: str) -> str:
    """Return an ISO date as it is said, 22 November 2026; any other text as it is."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.day} {found:%B %Y}"
