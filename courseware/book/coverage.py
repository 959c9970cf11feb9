"""The coverage table: every concept that the sources teach, and where the course explains, practises and supports it.

It is made from the pages themselves, so it can claim nothing that is not there. A section explains a concept by
carrying its label: `(concept-targets-and-gaming)=` before its heading or paragraph.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from courseware.base import nearest
from courseware.book import records
from courseware.book.exercises import find
from courseware.book.labs import shelf
from courseware.cite import references
from courseware.course import concept_ids, concepts, course

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

Link = Callable[..., str]
LABEL = "concept-"
HEADS = ("Concept", "Explained", "Practised", "Evidence")
TEXT_ONLY = "In the text only, with care"
COVERED, PARTLY, NOT_YET = "Covered", "In part", "Not yet covered"


@dataclass(frozen=True)
class Practice:
    """An exercise on a page, or a lab that is one and so has no id on it, and the concepts that it practises."""

    docname: str
    id: str
    title: str
    teaches: frozenset[str]


def note_concepts(app: "Sphinx", doctree: nodes.document) -> None:
    """Remember which concepts a page explains, where, and citing what."""
    known = concept_ids()
    for node in doctree.findall(nodes.Element):
        for concept, anchor in _labels(node):
            if concept not in known:
                mend = nearest(concept, known)
                log.warning(
                    "label `%s` names no concept of data/concepts.yml; %s",
                    anchor,
                    mend,
                    location=node,
                    type="courseware",
                )
                continue
            cites = list(dict.fromkeys(_cites(node)))
            records.page(app.env, app.env.docname).concepts[concept] = records.Place(anchor, _heading(node), cites)


def _labels(node: nodes.Element) -> list[tuple[str, str]]:
    return [(name.removeprefix(LABEL), name) for name in node.get("ids", []) if name.startswith(LABEL)]


def _heading(node: nodes.Node | None) -> str:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node[0].astext() if node is not None else ""


def _cites(node: nodes.Element) -> Iterator[str]:
    """Yield the keys cited in a labelled section, or from a labelled paragraph to the next one or the section's end."""
    if isinstance(node, nodes.section):
        yield from _cites_in(node.children)
        return
    siblings = node.parent.children if node.parent is not None else [node]
    after = siblings[siblings.index(node) :]
    until = next(
        (at for at, one in enumerate(after) if at and isinstance(one, nodes.Element) and _labels(one)), len(after)
    )
    yield from _cites_in(after[:until])


def _cites_in(parts: Any) -> Iterator[str]:
    for one in parts:
        if isinstance(one, addnodes.pending_xref) and one.get("refdomain") == "cite":
            yield from (key.strip() for key in one["reftarget"].split(","))
        elif isinstance(one, nodes.section) and _labels(one):
            continue  # a section of its own concept speaks for that one
        elif isinstance(one, nodes.Element):
            yield from _cites_in(one.children)


def coverage_html(env: Any, _subject: str, link: Link, _location: nodes.Node) -> tuple[str, str]:
    """Return the tables, one a source, under a line of totals; and the words in them that search may find."""
    tables, states, exercises = [], [], _exercises(env)
    for group, members in concepts().items():
        rows = [_row(env, concept, exercises, link) for concept in members]
        covered = sum(state == COVERED for state, _ in rows)
        tables.append(_table(f"{_source_title(group)}: {covered} of {len(rows)} covered", [html for _, html in rows]))
        states += [state for state, _ in rows]
    total = (
        f'<p class="course-coverage-total">Of {len(states)} concepts in {len(tables)} sources, '
        f"<strong>{states.count(COVERED)} are covered</strong>, {states.count(PARTLY)} in part, "
        f"and {states.count(NOT_YET)} not yet.</p>\n"
    )
    words = " ".join(concept["says"] for members in concepts().values() for concept in members)
    return total + "\n".join(tables), words


def _table(caption: str, rows: list[str]) -> str:
    """Return one source's table, its roles said: on a narrow screen its rows become blocks, which strips them off."""
    heads = "".join(f'<th role="columnheader" scope="col">{head}</th>' for head in HEADS)
    body = "\n".join(rows)
    return (
        f'<table class="course-coverage" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _source_title(group: str) -> str:
    number, _, words = group.partition("-")
    chapter: dict[str, Any] = next((one for one in course()["chapters"] if one.get("concepts") == group), {})
    source = references().get(chapter.get("source", ""))
    return source.title if source else f"Source {number}, {words.replace('-', ' ')}"


def _row(env: Any, concept: dict[str, Any], exercises: list[Practice], link: Link) -> tuple[str, str]:
    """Return a concept's state and row. `see` links to what is taught with it; only a label of its own covers it."""
    own, related = _places(env, [concept["id"]]), _places(env, concept.get("see", []))
    text_only = concept.get("text_only", False)
    wanted = {concept["id"], *concept.get("see", [])}
    practised = [] if text_only else [one for one in exercises if wanted & one.teaches]
    cites = list(dict.fromkeys(key for _, place in own or related for key in place.cites))
    complete = bool(own and cites and (practised or text_only))
    state = COVERED if complete else PARTLY if own or related or practised else NOT_YET
    first = escape(concept["says"])
    if concept.get("ours"):
        first += f'<span class="coverage-ours">Added by the course: {escape(concept["ours"])}</span>'
    if state == NOT_YET:
        cells = f'<td role="cell" colspan="{len(HEADS) - 1}" class="coverage-none">{NOT_YET}</td>'
    else:
        first += f'<span class="coverage-state">{state}</span>'
        explained = [link(docname, place.anchor, text=place.heading) for docname, place in own]
        explained += ["with " + link(docname, place.anchor, text=place.heading) for docname, place in related]
        practice = [link(one.docname, one.id, text=one.title) for one in practised]
        evidence = [escape(references()[key].label) for key in cites if key in references()]
        texts = _listed(explained), TEXT_ONLY if text_only else _listed(practice), _listed(evidence)
        named = zip(HEADS[1:], texts, strict=True)
        cells = "".join(f'<td role="cell" data-head="{head}">{text}</td>' for head, text in named)
    kind = state.lower().replace(" ", "-")
    return state, f'<tr role="row" class="{kind}"><th role="rowheader" scope="row">{first}</th>{cells}</tr>'


def _places(env: Any, names: list[str]) -> list[tuple[str, records.Place]]:
    return [
        (docname, one.concepts[name])
        for name in names
        for docname, one in records.pages(env).items()
        if name in one.concepts
    ]


def _exercises(env: Any) -> list[Practice]:
    """Return the exercises and labs that are on a page: one in its folder alone practises nothing yet."""
    names = dict.fromkeys(name for _, one in sorted(records.pages(env).items()) for name in one.exercises)
    found = []
    for name in names:
        exercise = find(name)
        home = records.home_of(env, name, exercise.chapter if exercise else None)
        if exercise and home:
            found.append(Practice(home, name, str(exercise.title), frozenset(exercise.teaches)))
    return found + [
        Practice(one.docname, "", f"{one.lab.title} (data lab)", frozenset(one.lab.teaches))
        for one in shelf()
        if one.docname in env.found_docs
    ]


def _listed(parts: list[str]) -> str:
    return "; ".join(dict.fromkeys(parts)) or '<span class="coverage-none">None yet</span>'
