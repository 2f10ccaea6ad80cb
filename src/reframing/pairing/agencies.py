"""The news agencies that an article credits, and the one whose own site it stands on."""

import re

from reframing.records import Article

# A mayor and a river are no agency: a name that is a common word counts in a credit's form alone.
AGENCIES = {
    "ap": r"\(AP\)|\bAssociated Press\b|\bapnews\b",
    "afp": r"\bAFP\b|\bAgence France-Presse\b",
    "reuters": r"\bReuters\b",
    "dpa": r"\bdpa\b",
    "pa": r"\(PA\)|\bPress Association\b|\bPA Media\b",
    "upi": r"\bUPI\b",
    "tass": r"\bTASS\b",
    "xinhua": r"\bXinhua\b",
    "bloomberg": r"\(Bloomberg\)|\bBloomberg News\b|\bbloomberg\.com\b",
}
_CREDIT = {name: re.compile(pattern) for name, pattern in AGENCIES.items()}
_HEAD = 320


def credited_agencies(article: Article) -> frozenset[str]:
    """News agencies named in the byline or about the head or foot of the text."""
    text = article.text
    where = "\n".join([article.byline or "", text[:_HEAD], text[-_HEAD:]])
    return frozenset(name for name, pattern in _CREDIT.items() if pattern.search(where))


def own_agencies(outlet: str | None) -> frozenset[str]:
    """The agency that an outlet is: *Reuters*, *uk.reuters.com*, *AP News*, *The Associated Press*.

    >>> sorted(own_agencies("www.apnews.com"))
    ['ap']
    """
    if not outlet:
        return frozenset()
    labels = re.split(r"[^a-z]+", outlet.lower())
    return frozenset(
        name
        for name, credit in _CREDIT.items()
        if name in labels or f"{name}news" in labels or credit.search(outlet)
    )
