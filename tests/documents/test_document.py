"""A document makes each part once, and converts between the text as given and plain typography."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.document import Document, document_of
from reframing.documents.records import Article, Sentence, Span

ARTICLE = Article("pier", "“It’s shut,” Orr said. Nobody swims—now.", "Pier to close")


def test_offsets_of_plain_typography_become_those_of_the_article_as_given():
    document = Document(ARTICLE)
    quoted = Span(*(document.text.index(word) for word in ("It's", " Orr said")))
    assert document.as_given(quoted).of(ARTICLE.text) == "It’s shut,”"
    assert document.in_plain(document.as_given(quoted)) == quoted


def test_each_part_is_made_once():
    calls = []

    def measure(document: Document) -> int:
        calls.append(document)
        return len(document.tokens)

    document = Document(ARTICLE)
    assert document.of(measure) == document.of(measure) == len(document.tokens)
    assert calls == [document]


def test_sentences_that_are_given_are_kept_in_plain_typography():
    whole = Sentence(0, len(ARTICLE.text), "body", 0)
    document = Document(ARTICLE, [whole])
    assert [s.span.of(document.text) for s in document.sentences] == [document.text]
    assert len(document.terms) == 1


def test_an_article_becomes_a_document_and_a_document_stays_itself():
    document = document_of(ARTICLE)
    assert document_of(document) is document
    assert document.given is ARTICLE


@given(st.text("Ab 1.“”’\n—…", max_size=60))
@settings(max_examples=100, deadline=None)
def test_words_and_terms_lie_within_their_sentences(body):
    document = Document(Article("a", body))
    assert document.n_words(Span(0, len(document.text))) == document.tokens.n_words
    for i, sentence in enumerate(document.sentences):
        assert all(
            document.sentence_of(document.tokens.span(k, k + 1)) == i for k in document.within(i)
        )
        assert all(
            sentence.start <= document.tokens.starts[term.token] < sentence.end
            for term in document.terms[i]
        )
