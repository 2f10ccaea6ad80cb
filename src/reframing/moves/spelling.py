"""One spelling for a word's British and American forms and for months: the other is no other word."""

import re
from functools import lru_cache

_WORDS = dict(
    pair.split(":")
    for pair in """grey:gray programme:program programmes:programs tyre:tire tyres:tires cheque:check
    cheques:checks plough:plow sceptic:skeptic sceptics:skeptics sceptical:skeptical scepticism:skepticism
    aluminium:aluminum mum:mom mums:moms mummy:mommy ageing:aging jewellery:jewelry moustache:mustache
    pyjamas:pajamas kerb:curb draught:draft cosy:cozy learnt:learned burnt:burned spelt:spelled
    dreamt:dreamed leapt:leaped leant:leaned whilst:while amongst:among amidst:amid gaol:jail
    manoeuvre:maneuver manoeuvres:maneuvers judgement:judgment judgements:judgments axe:ax storey:story
    storeys:stories practise:practice practised:practiced practising:practicing fulfill:fulfil
    fulfills:fulfils skillful:skilful instalment:installment enrol:enroll artefact:artifact
    artefacts:artifacts mould:mold moulds:molds smoulder:smolder furore:furor
    okay:ok alright:ok yeah:yes gonna:going wanna:want jan:january feb:february aug:august sept:september
    oct:october nov:november dec:december""".split()
)
_ENDINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\w\w)wards$", "ward"),
        (r"(?<=\w\w\w)is(e|ed|es|er|ers|ing|ation|ations|able)$", r"iz\1"),
        (r"(?<=\w)ys(e|ed|es|er|ers|ing)$", r"yz\1"),
        (
            r"(?<=\w\w)our(s|ed|ing|able|ably|ite|ites|ful|er|ers|less|hood|hoods|ly|al)?$",
            r"or\1",
        ),
        (r"(cent|theat|met|lit|fib|calib|lust|meag|somb|spect|sab)re(s|d)?$", r"\1er\2"),
        (r"(def|off|lic|pret)ence(s|d)?$", r"\1ense\2"),
        (r"(?<=\w\w)ll(ed|ing|er|ers|or|ors)$", r"l\1"),
        (r"(?<=\w)ogue(s)?$", r"og\1"),
        (r"^(leuk|an|h|p|gyn|orthop|encyclop)ae", r"\1e"),
    )
)


@lru_cache(maxsize=100_000)
def one_spelling(word: str) -> str:
    """The American spelling of a lower-case word, or what both spellings come to.

    It serves comparison alone: rules of endings also change words that have one spelling (*called*).
    """
    if word in _WORDS:
        return _WORDS[word]
    for pattern, to in _ENDINGS:
        changed = pattern.sub(to, word)
        if changed != word:
            return changed
    return word
