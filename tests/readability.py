"""How hard a text is to read: the Flesch–Kincaid grade, with syllables counted by rule, so that nothing is fetched.

Formula: Kincaid, Fishburne, Rogers and Chissom (1975), 0.39 words a sentence + 11.8 syllables a word − 15.59.
"""

import re

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…][”’\"')]*\s+(?=[“‘\"'(]*[A-Z0-9])|\n\s*\n")

# A final e is silent, but not after -l with a consonant before it (ta-ble); -ed and -es speak only after t, d, s and their kin.
SILENT = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e$|[^td]ed$|(?:[^aeiouyszxcg]|[^cs]h)es$|(?<=[aeiouy])[^aeiouyszxcg]es$")
GROUP = re.compile(r"[aeiouy]+")
# Two vowels that are said apart: sci-ence, cre-ate, po-em, du-al.
APART = re.compile(
    r"i[ao](?!us|n(?:s|al|ally|ed|ing)?$)|iu(?!s)|[^cqgst]ia|eo(?!u|ple)|[^q]u[ae](?!s?$)|creat|ying|yea|oing|[^aeiou]ier|ient|iet"
)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: right on average, which is all that a grade needs."""
    word = re.sub(r"['’].*", "", word.lower())
    if len(word) <= 3:
        return 1
    count = len(GROUP.findall(word)) + len(APART.findall(word)) - bool(SILENT.search(word))
    return max(count, 1)


def grade(text: str) -> float:
    """Return the Flesch–Kincaid grade of a text: roughly the years of schooling that reading it takes."""
    words = WORD.findall(text)
    sentences = [part for part in SENTENCE_END.split(text) if WORD.search(part)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
