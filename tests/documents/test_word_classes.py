"""Closed word classes: every form is one that occurs in tokens, and no class is listed twice."""

import pytest

from reframing.documents import word_classes
from reframing.documents.tokens import tokenize
from reframing.documents.word_classes import is_adverb

CLASSES = {name: forms for name, forms in vars(word_classes).items() if name.isupper()}


@pytest.mark.parametrize("name", CLASSES)
def test_every_form_is_one_token(name: str) -> None:
    assert [form for form in CLASSES[name] if tokenize(form).forms != (form,)] == []


def test_no_two_classes_have_the_same_forms() -> None:
    assert len({frozenset(forms) for forms in CLASSES.values()}) == len(CLASSES)


@pytest.mark.parametrize(
    ("form", "adverb"), [("slowly", True), ("soon", True), ("family", False), ("slow", False)]
)
def test_adverbs_are_listed_or_end_in_ly(form: str, adverb: bool) -> None:
    assert is_adverb(form) == adverb
