"""An invented original, its invented repost, and a comparison of them written by hand."""

from reframing.documents.records import Article, Claim, Comparison, Link, Move, Sentence, Span

ORIGINAL = Article(
    id="harbour/original",
    title="Harbour board delays dredging",
    body=(
        "The harbour board may delay dredging, engineer Ida Moss said. Noise is linked to fewer seals.\n"
        "The tender closes on 4 May."
    ),
    outlet="The Quay",
)
REPOST = Article(
    id="harbour/repost",
    title="Dredging <b>chaos</b> & delay",
    body="The board will shamefully delay dredging. Noise drives seals away.\nShips were not asked.",
)


def span_of(article: Article, phrase: str) -> Span:
    """The span of a phrase's first occurrence."""
    start = article.text.index(phrase)
    return Span(start, start + len(phrase))


def sentences_of(article: Article, *phrases: str) -> tuple[Sentence, ...]:
    """Sentences by their text: the headline, the lead, then the body."""
    sections = ("headline", "lead", *["body"] * (len(phrases) - 2))
    return tuple(
        Sentence(*span_of(article, phrase), section, paragraph=0)
        for phrase, section in zip(phrases, sections, strict=True)
    )


COMPARISON = Comparison(
    id="harbour",
    original=ORIGINAL.id,
    repost=REPOST.id,
    original_sentences=sentences_of(
        ORIGINAL,
        "Harbour board delays dredging",
        "The harbour board may delay dredging, engineer Ida Moss said.",
        "Noise is linked to fewer seals.",
        "The tender closes on 4 May.",
    ),
    repost_sentences=sentences_of(
        REPOST,
        "Dredging <b>chaos</b> & delay",
        "The board will shamefully delay dredging.",
        "Noise drives seals away.",
        "Ships were not asked.",
    ),
    support=(0.5, 0.75, 0.25, 0.0),
    alignment=(
        Link((0,), (0,), "rewritten", 0.5),
        Link((1,), (1,), "edited", 0.7123456789),
        Link((2,), (2,), "rewritten", 0.6),
    ),
    claims=(Claim(2, 2, (1, 3), "exaggerates"),),
    moves=(
        Move(
            "attribution-dropped",
            span_of(ORIGINAL, "engineer Ida Moss said"),
            span_of(REPOST, "The board will shamefully delay dredging"),
            (1,),
            (1,),
            0.9,
            "Ida Moss vouches for it in the original, nobody in the repost.",
        ),
        Move("hedge-dropped", span_of(ORIGINAL, "may"), None, (1,), (1,), 0.8, "“may” is gone."),
        Move(
            "evaluation-added",
            None,
            span_of(REPOST, "shamefully"),
            (1,),
            (1,),
            0.75,
            "“shamefully” is the repost's own <word>.",
        ),
        Move(
            "causality-strengthened",
            span_of(ORIGINAL, "is linked to fewer"),
            span_of(REPOST, "dredging. Noise drives"),
            (2,),
            (2,),
            0.7,
            "A link has become a cause.",
        ),
        Move(
            "sentence-omitted",
            span_of(ORIGINAL, "The tender closes on 4 May."),
            None,
            (3,),
            (),
            1.0,
            "Nothing in the repost carries it.",
        ),
        Move(
            "sentence-added",
            None,
            span_of(REPOST, "Ships were not asked."),
            (),
            (3,),
            1.0,
            "Nothing in the original carries it.",
        ),
    ),
    relation="rewritten",
    survival=0.75,
)
