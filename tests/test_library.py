"""What an author is told: every mistake at once, each with file, line, field and the mend."""

import pytest

from courseware import kinds, library
from courseware.problems import ExerciseError


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def line_with(path, words):
    return next(number for number, line in enumerate(lines(path), 1) if words in line)


def test_the_examples_are_right(a_course):
    assert library.check() == []
    assert [exercise.kind for exercise in library.all_exercises()] == sorted(kinds.KINDS)


# kind, the slip (old, new), the line it stands on (words in the altered file), field, and a word of what is said
SLIPS = [
    ("scenario", ("kind: scenario", "kind: scenery"), "kind: scenery", "kind", "no kind `scenery`; did you mean `scenario`"),
    ("scenario", ("version: 1.0.0", "version: 1.0"), "version: 1.0", "version", "1.0.0"),
    ("scenario", ("id: example-scenario ", "id: Example_Scenario "), "id: Example_", "id", "lower-case"),
    ("scenario", ("title: The late", "titel: The late"), "titel:", "titel", "did you mean `title`"),
    ("scenario", ("[my-concept]", "[my-conzept]"), "teaches", "teaches[0]", "did you mean `my-concept`"),
    ("scenario", ("[my-concept]", "[a-grave-matter]"), "teaches", "teaches[0]", "text only"),
    ("scenario", ("chapter: my-chapter", "chapter: your-chapter"), "chapter:", "chapter", "no chapter"),
    ("scenario", ("cite: my-study", "cite: my-studies"), "my-studies", "sources.study.cite", "did you mean `my-study`"),
    ("scenario", ("source: study, at", "source: stud, at"), "source: stud,", "nodes.news.choices[0].feedback.cite.source", "under `sources`"),
    ("scenario", ("          cite: {source: study, at: page 4}\n", ""), "feedback:", "nodes.news.choices[0].feedback", "without `cite`"),
    ("scenario", ("next: weather", "next: whether"), "next: whether", "nodes.news.choices[0].next", "did you mean `weather`"),
    ("scenario", ("start: news", "start: new"), "start: new", "start", "did you mean `news`"),
    ("scenario", ("start: 5, show", "start: 50, show"), "start: 50", "indicators.trust", "must lie between"),
    ("scenario", ("add: {trust: 2}", "add: {trusty: 2}"), "trusty", "nodes.news.choices[0].effects", "did you mean `trust`"),
    ("scenario", ("set: {told: true}", "set: {told: 3}"), "told: 3", "nodes.news.choices[0].effects", "one type"),
    ("scenario", ("set: {told: true}", "add: {told: 1}"), "told: 1", "nodes.news.choices[0].effects", "flag"),
    ("scenario", ("told and trust >= 5", "told and trusty >= 5"), "trusty", "nodes.thursday.choices[0].if", "did you mean `trust`"),
    ("scenario", ("told and trust >= 5", "told + trust >= 5"), "told +", "nodes.thursday.choices[0].if", "nothing else"),
    ("scenario", ("told and trust >= 5", "told and"), "told and", "nodes.thursday.choices[0].if", "cannot read"),
    ("scenario", ("told and trust >= 5", "told > 1"), "told > 1", "nodes.thursday.choices[0].if", "starts as false and cannot be compared"),
    ("scenario", ("told and trust >= 5", "trust > 10"), "trust > 10", "nodes.thursday.choices[0].if", "never true"),
    ("scenario", ("told and trust >= 5", "trust >= 0"), "trust >= 0", "nodes.thursday.choices[0].if", "always true"),
    ("scenario", ('        else_text: "Not open: nobody upstairs knows that there are two halves"\n', ""), "id: share", "nodes.thursday.choices[0]", "go together"),
    ("scenario", ("quality: strong", "quality: best"), "quality: best", "nodes.news.choices[0].feedback.quality", "use one of"),
    ("scenario", ("type: chance ", "type: luck "), "type: luck", "nodes.weather.type", "use one of"),
    ("scenario", ("weight: 3", "weight: 0"), "weight: 0", "nodes.weather.outcomes[0].weight", "greater than"),
    ("scenario", ("      - {next: alone}", "      - {if: told, next: alone}"), "close:", "nodes.close", "last route"),
    ("scenario", ('if: "trust >= 6", next', 'if: "trust >= 11", next'), "trust >= 11", "nodes.close.routes[0]", "never taken"),
    ("scenario", ("      - {next: alone}", "      - {next: shared}"), "  alone:", "nodes.alone", "cannot be reached"),
    ("scenario", ("path: [tell, holds, share]", "path: [tell, share]"), "path: [tell, share]", "debrief.defended[0].path", "holds, fails"),
    ("scenario", ("path: [tell, holds, hold]", "path: [tell, holds]"), "path: [tell, holds]", "debrief.defended[1].path", "before an ending"),
    ("scenario", ("trust: 8}", "trust: 7}"), "trust: 7", "tests[0].expect.trust", "is 8, not 7"),
    ("scenario", ("      - id: wait", "      - id: tell"), "- id: tell", "nodes.news.choices[1].id", "twice"),
    ("scenario", ("text: The figures", "text: |\n      # The figures"), "text: |", "nodes.news.text", "heading"),
    ("scenario", ("quality: weak\n          misconception", "quality: mixed\n          misconception"), "news:", "nodes.news", "weak choices"),
    ("quiz", ("Ringing Kit, correct: true,", "Ringing Kit,"), "- id: one", "pools[0].items[0].single", "mark exactly one"),
    ("quiz", ("draw: 3 ", "draw: 9 "), "- id: all", "pools[0]", "lower it"),
    ("quiz", ("says [why]", "says [what]"), "- id: sentence", "pools[0].items[4].cloze", "name each once"),
    ("quiz", ("- id: many", "- id: one"), "- id: one", "pools[0].items[1].id", "twice"),
    ("sort", ("category: opinion", "category: opinions"), "opinions", "items[1].category", "did you mean `opinion`"),
    ("sort", ("if_placed: {fact", "if_placed: {fakt"), "fakt", "items[1].if_placed.fakt", "did you mean `fact`"),
    ("reflect", ("rows: 3", "rows: 99"), "rows: 99", "prompts[0].rows", "at most 12"),
    ("reflect", ("  example: If I", "  exemple: If I"), "exemple", "if_then.exemple", "did you mean `example`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "slip", "words", "field", "said"), SLIPS, ids=[f"{s[0]}-{s[3]}-{n}" for n, s in enumerate(SLIPS)]
)
def test_a_slip_is_told_with_its_place_and_mend(example, kind, slip, words, field, said):
    path = example(kind, slip)
    problems = [problem for problem in library.check([path]) if problem.level == "error"]
    found = [
        problem for problem in problems if problem.field in {field, field.rsplit(".", 1)[0]} and said in str(problem)
    ]
    assert found, "\n".join(map(str, problems)) or "nothing was said"
    problem = found[0]
    assert problem.file.endswith(path.name)
    assert words in lines(path)[problem.line - 1] or problem.line == line_with(path, words)
    assert problem.mend
    assert "\n" not in str(problem)


def test_all_mistakes_are_told_at_once(example):
    path = example(
        "scenario",
        ("title: The late", "titel: The late"),
        ("[my-concept]", "[my-conzept]"),
        ("cite: my-study", "cite: my-studies"),
        ("next: weather", "next: whether"),
        ("quality: strong", "quality: best"),
    )
    fields = {problem.field for problem in library.check([path])}
    assert {"title", "titel", "teaches[0]", "sources.study.cite", "nodes.news.choices[0].next"} <= fields
    assert "nodes.news.choices[0].feedback.quality" in fields


def test_too_many_states_names_what_multiplies_them(example):
    # The story goes round and round, and each round moves a number with room for a million values.
    path = example(
        "scenario",
        ("trust: {label: Staff trust, min: 0, max: 10", "trust: {label: Staff trust, min: 0, max: 1000000"),
        ("time: {label: Time in hand, min: 0, max: 10", "time: {label: Time in hand, min: -1000000, max: 1000000"),
        ("      - {next: alone}", '      - {if: "time == 0", next: alone}\n      - {next: news}'),
    )
    said = [str(problem) for problem in library.check([path])]
    assert len(said) == 1
    assert "more than 200,000 states" in said[0]
    assert "`trust` (" in said[0]
    assert "narrow an indicator's range" in said[0]


def test_load_names_the_nearest(a_course):
    with pytest.raises(KeyError, match="did you mean `example-quiz`"):
        library.load("exampel-quiz")


def test_load_refuses_what_is_wrong_with_every_mistake(example):
    example("quiz", ("draw: 3 ", "draw: 9 "))
    with pytest.raises(ExerciseError) as caught:
        library.load("example-quiz")
    assert "draw" in str(caught.value)
    assert caught.value.problems[0].file.endswith("example-quiz.yml")


def test_one_id_for_two_files(a_course):
    folder = a_course / "exercises" / "my-chapter"
    (folder / "copy.yml").write_text((folder / "example-sort.yml").read_text())
    said = [str(problem) for problem in library.check()]
    assert sum("is also the id of" in each for each in said) == 2


def test_a_file_has_the_name_of_its_id(a_course):
    folder = a_course / "exercises" / "my-chapter"
    (folder / "example-sort.yml").rename(folder / "sorting.yml")
    assert any("call it `example-sort.yml`" in str(problem) for problem in library.check())


def test_an_alternative_must_exist(example):
    path = example("sort", ("categories:", "safety: {topics: [loss], alternative: example-quizz}\ncategories:"))
    assert any("did you mean `example-quiz`" in str(problem) for problem in library.check([path]))


def test_a_file_mended_is_read_again(example):
    path = example("sort", ("category: opinion", "category: opinions"))
    assert library.check([path])
    example("sort", ("category: opinions", "category: opinion"))
    assert library.check([path]) == []
