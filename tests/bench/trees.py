"""Two books in a temporary folder: a copy of ours, and the same text as a default Jupyter Book makes it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from courseware.course import written
from tests.bench.rows import run
from tests.browser.site import ROOT
from tests.sections import sections

BOOK = Path(sys.executable).parent / "jupyter-book"
# Five questions of the sorts that both can ask.
QUESTIONS = [
    ("Which of these is a decision?", {"Waiting and hoping": False, "Ringing Kit": True, "Being told": False}),
    (
        "What does a red number tell you first?",
        {"Whom to blame": False, "Where to look": True, "Nothing at all": False},
    ),
    ("Who should hear bad news first?", {"Whoever can still act on it": True, "The press": False, "Nobody": False}),
    ("Which of these can be counted?", {"Calls answered": True, "Calls resolved": True, "Calls regretted": False}),
    ("Nine of ten answered is how many per cent?", 90),
]
SAID = "Because somebody has to be able to use it while there is still a choice."
QUIZ_PAGE = "book/five-questions"


def copy_of_ours(folder: Path) -> Path:
    """Return a copy of everything that is, or would be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        source = ROOT / name
        if source.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    return folder


def build_ours(folder: Path, env: dict[str, str], *, strict: bool = True) -> float:
    """Build a copy of our book as `make build` does; return the seconds."""
    strictness = ["-n", "-W", "--keep-going"] if strict else []
    return run([BOOK, "build", ".", *strictness, "--quiet"], folder, env)


def add_quiz_to_ours(folder: Path) -> None:
    """Add a page with the five questions."""
    chapter = written()[0]
    exercise = {
        "kind": "quiz",
        "id": "five-questions",
        "version": "1.0.0",
        "title": "Five questions",
        "chapter": chapter["id"],
        "teaches": ["targets-and-gaming"],
        "minutes": {"solo": 3},
        "prompt": "Five questions.",
        "pools": [
            {
                "id": "all",
                "title": "All",
                "draw": len(QUESTIONS),
                "items": [_item(*each) for each in enumerate(QUESTIONS)],
            }
        ],
    }
    text = yaml.safe_dump(exercise, sort_keys=False, allow_unicode=True, width=1000)
    (folder / "exercises" / chapter["id"] / "five-questions.yml").write_text(text, encoding="utf-8")
    page = "# Five questions\n\n```{exercise} five-questions\n```\n"
    (folder / f"{QUIZ_PAGE}.md").write_text(page, encoding="utf-8")
    contents = (folder / "_toc.yml").read_text(encoding="utf-8")
    line = "      - file: book/how-to-use\n"
    (folder / "_toc.yml").write_text(contents.replace(line, f"{line}      - file: {QUIZ_PAGE}\n"), encoding="utf-8")


def _item(number: int, question: tuple[str, dict[str, bool] | int]) -> dict[str, object]:
    prompt, answers = question
    said = {"feedback": SAID, "basis": "practice"}
    if isinstance(answers, int):
        right = {"value": answers, "tolerance": 0.5, "correct": True, **said}
        return {"id": f"q{number}", "type": "numeric", "prompt": prompt, "answers": [right], "otherwise": said}
    options = [
        {"id": f"o{n}", "text": text, "correct": right, **said} for n, (text, right) in enumerate(answers.items())
    ]
    return {
        "id": f"q{number}",
        "type": "multiple" if sum(answers.values()) > 1 else "single",
        "prompt": prompt,
        "options": options,
    }


def ten_times(folder: Path) -> None:
    """Give a copy of our book ten times its chapters: each under a name and with labels of its own."""
    contents = (folder / "_toc.yml").read_text(encoding="utf-8")
    for chapter in written():
        line = f"      - file: chapters/{chapter['id']}\n"
        source = (folder / "chapters" / f"{chapter['id']}.ipynb").read_text(encoding="utf-8")
        more = [f"{chapter['id']}-copy-{number}" for number in range(2, 11)]
        for name in more:
            (folder / "chapters" / f"{name}.ipynb").write_text(source, encoding="utf-8")
        contents = contents.replace(line, line + "".join(f"      - file: chapters/{name}\n" for name in more))
    (folder / "_toc.yml").write_text(contents, encoding="utf-8")


def default_book(folder: Path) -> Path:
    """Return a default Jupyter Book that holds the text of our chapters, without their exercises, charts and citations."""
    pages = []
    for chapter in written():
        text = [f"{'#' * each.level} {each.title}\n\n{each.text}\n" for each in sections(chapter["id"])]
        (folder / f"{chapter['id']}.md").write_text("\n".join(text), encoding="utf-8")
        pages.append({"file": chapter["id"]})
    (folder / "index.md").write_text("# The same text\n\nAs a default Jupyter Book makes it.\n", encoding="utf-8")
    (folder / "_config.yml").write_text("title: The same text\nexecute: {execute_notebooks: 'off'}\n", encoding="utf-8")
    (folder / "_toc.yml").write_text(
        yaml.safe_dump({"format": "jb-book", "root": "index", "chapters": pages}), encoding="utf-8"
    )
    return folder


def add_quiz_to_default(folder: Path, env: dict[str, str]) -> None:
    """Add a page with the five questions by jupyterquiz, fetched for the purpose into a folder beside the book."""
    from nbclient import NotebookClient

    packages = folder.parent / "peers"
    run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", packages, "jupyterquiz"],
        folder,
        env,
    )
    code = f"import sys; sys.path.insert(0, {str(packages)!r})\nimport json\nfrom jupyterquiz import display_quiz\n"
    cell = f"{code}display_quiz(json.loads({json.dumps([_theirs(*each) for each in QUESTIONS])!r}))"
    notebook = new_notebook(
        cells=[new_markdown_cell("# Five questions"), new_code_cell(cell, metadata={"tags": ["remove-input"]})]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    nbformat.write(notebook, folder / "five-questions.ipynb")
    contents = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    contents["chapters"].append({"file": "five-questions"})
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")


def _theirs(prompt: str, answers: dict[str, bool] | int) -> dict[str, object]:
    if isinstance(answers, int):
        right = {"type": "value", "value": answers, "correct": True, "feedback": SAID}
        return {"question": prompt, "type": "numeric", "answers": [right, {"type": "default", "feedback": SAID}]}
    kind = "many_choice" if sum(answers.values()) > 1 else "multiple_choice"
    return {
        "question": prompt,
        "type": kind,
        "answers": [{"answer": text, "correct": right, "feedback": SAID} for text, right in answers.items()],
    }
