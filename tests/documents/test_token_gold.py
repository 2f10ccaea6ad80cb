"""Word boundaries: invented hard sentences cut by hand.

Conventions: a contraction, a possessive and a hyphenated compound are one token, as are a number with its
separators, a date or time in figures, an abbreviation of letters with stops, and an address; every other
mark is a token of its own, the signs of money, per cent, handles and hashtags among them.
"""

import re

from reframing.documents.tokens import tokenize

# A bar stands where two tokens touch; white space parts all others.
HARD_SENTENCES = """
She didn't say it|, and they'd've denied it|.
The mayor’s aide won’t resign|; that’s that|.
It was the boss's idea|, wasn't it|?
The farmers|’ union and the actress|' agent met|.
James|' brother and James's sister agree|.
Rock |'|n|' roll isn't dead|.
He wore |’|90s shoes at five o'clock|.
Y'all can't stay|, ma'am|.
The well-known co-author re-entered the race|.
A state-of-the-art|, 20-year-old mill burned|.
The anti‑tax group met|.
He paid |$|1,200.50 for it|.
It cost |£|3bn or |€|2.4m|, not US|$|5|.
Wages rose 4.5|% and rents .5|%|.
The score was 3-2 after 90 minutes|.
On 12/11/2024 and on 2024-05-01 it snowed|.
Doors open at 10:30am|, not at 7 p.m. sharp|.
The 2010–11 season was short|.
It ran from 1914–1918|.
Some 1.2 million people|, 3/4 of them children|, fled|.
The 70th and 1st Battalions left in the 1990s|.
It fell to −|4 degrees|, or 25|°|F|.
See https://example.org/a/b?c=1|.
It is on www.example.com|, they say|.
The site example.org was down|.
Read more at news.example.co.uk/story/12|.
Write to ann.bell@example.org|!
Mail (|press+desk@mill.example.com|) for more|.
Follow |@|ann_bell on the platform|.
The tag |#|MillClosure was everywhere|.
|@|mill_watch|: |#|shame|!
Well|.|.|. he paused|…|then left|.
Wait|.|.|.|what|?|!
She said yes|/|no to the and|/|or clause|.
It was AC|/|DC or nothing|.
The firm|—|which closed|—|was old|.
Nobody|–|not even he|–|knew|.
The plan|-|-|his plan|-|-|failed|.
Paris – the city – slept|.
The U.S.-led force left the U.N.'s camp|.
The U.S. and U.K. signed|, the E.U. did not|.
He has a Ph.D. and an M.Sc. in law|.
J.R. Bell met Dr|. Ines Pell on Main St|.
Smith|, Jr|.|, lives in St|. Alban|.
“|No|,|” she said|. |“|Never|!|”
He called it a |‘|farce|’|.
|'|It leaks|,|' he wrote|.
|"|Who|?|" they asked|.
The |(|so-called|) reform |[|sic|] failed|.
Items|: a|) bread|; b|) milk|.
|•|\tTwo arrests on Monday
|* Three more|, * and one
Name|\tAge|\tTown
Ann Bell|,|34|,|Ostby
The café’s naïve façade stood|.
A nai\u0308ve re\u0301sume\u0301 came|.
Good job |👍| |😀|!
The an\u00adnounce\u00adment was un\u200bseen|.
He\u00a0paid 5\u00a0kg\u202fof salt|.
ALL-CAPS HEADLINES AREN'T NEW
It’s a 50/50 chance
snake_case names |& others|, e.g. these|, i.e. them|.
R|&|D at AT|&|T rose|.
It is 5x faster with C|+|+|.
The vote was 24-7
""".strip("\n").splitlines()


def cut(line: str) -> tuple[str, set[tuple[int, int]]]:
    """The text of a line of gold and the offsets of its tokens."""
    text, spans = "", set()
    for i, field in enumerate(re.split(r"(\s+)", line)):
        for token in field.split("|"):
            if token and i % 2 == 0:
                spans.add((len(text), len(text) + len(token)))
            text += token
    return text, spans


def test_hard_sentences_are_cut_as_by_hand() -> None:
    right = found = gold = 0
    for text, spans in map(cut, HARD_SENTENCES):
        tokens = tokenize(text)
        cut_here = set(zip(tokens.starts, tokens.ends, strict=True))
        right, found, gold = right + len(spans & cut_here), found + len(cut_here), gold + len(spans)
    assert len(HARD_SENTENCES) >= 60
    assert 2 * right / (found + gold) >= 0.98


def test_form_of_a_word_with_unseen_characters_is_the_plain_word() -> None:
    assert tokenize("an\u00adnounced un\u200bseen co\u2060op").forms == (
        "announced",
        "unseen",
        "coop",
    )


def test_address_counts_as_one_word() -> None:
    assert tokenize("See https://example.org/a?b=1 or ann@example.org.").n_words == 4
