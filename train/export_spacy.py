"""Turn an installed spaCy v3 English package into one weights file for `variorum-language`.

    python export_spacy.py PACKAGE OUT.weights [--dtype i16|f16|f32]

File format, version 1 (all numbers little-endian):

    offset  size  what
    0       8     magic b"VRMLANG1"
    8       4     u32 length of the manifest as stored (zlib)
    12      4     u32 length of the manifest as inflated (UTF-8 JSON)
    16      n     the manifest, zlib-compressed
    ..            zero bytes up to the next multiple of 16: the tensor section
    ..            tensors, one after another in manifest order, row-major:
                  f32, f16: the values
                  i16: for each row (last dimension) an f32 scale; then for each row its values,
                  as i16, which times the scale of the row give the value
                  u16, u32: whole numbers

Manifest keys:

    name, version, licence, source   where the weights come from
    tensors        [{name, shape, dtype, offset}], offset in bytes from the start of the tensor
                   section
    encoders       [{name, width, attrs, seeds, rows, depth, pieces, static_rows}]; tensors
                   `<name>.embed.<i>`, `<name>.mix.{W,b,g,beta}`, `<name>.conv.<l>.{W,b,g,beta}`;
                   with `static_rows`, `<name>.static`: the static vectors, already multiplied by
                   the weights of their layer
    vector_keys    how many words have a static vector: `vectors.keys`, the high halves of the
                   hashes of the words in order, and `vectors.rows`, the row of each
    tagger         {encoder, labels}; tensors `tagger.{W,b}`
    parser, ner    {encoder, hidden, pieces, features, moves}; tensors `<x>.reduce.{W,b}`,
                   `<x>.lower.{W,b,pad}`, `<x>.upper.{W,b}`; moves are spaCy's names in class order
    tokenizer      affix literals, character classes, special cases (see `tokenizer` below)
    classes        name -> flat list of code point ranges [first, last, first, last, ...]
    norms          string -> norm;  norm_hashes: hash (hex) -> norm for strings that are not stored
    symbols        string -> reserved small id of the string store
    ruler          attribute ruler: [{patterns, attrs, index}]
    lemma          {rules, exceptions, index}; index: part of speech -> sorted words, one a line
"""

import argparse
import json
import re
import struct
import sys
import zlib

import numpy
import spacy
from spacy.lang import char_classes as cc
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.strings import hash_string
from spacy.symbols import IDS, NORM, ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

MAGIC = b"VRMLANG1"


class Tensors:
    """Collects arrays and their place in the tensor section. Small ones stay f32."""

    SMALL = 4096

    def __init__(self, dtype):
        self.dtype = dtype
        self.rows, self.parts, self.offset = [], [], 0

    def add(self, name, array):
        array = numpy.ascontiguousarray(array, dtype="<f4")
        dtype = "f32" if array.size < self.SMALL else self.dtype
        if dtype == "i16":
            flat = array.reshape(-1, array.shape[-1])
            scale = (numpy.abs(flat).max(axis=1) / 32767).astype("<f4")
            scale[scale == 0] = 1
            values = numpy.rint(flat / scale[:, None]).clip(-32767, 32767).astype("<i2")
            data = scale.tobytes() + values.tobytes()
        else:
            if dtype == "f16" and numpy.abs(array).max() > 60000:
                sys.exit(f"{name} does not fit half precision")
            data = array.astype({"f16": "<f2", "f32": "<f4"}[dtype]).tobytes()
        self.rows.append(
            {"name": name, "shape": list(array.shape), "dtype": dtype, "offset": self.offset}
        )
        self.parts.append(data)
        self.offset += len(data)

    def integers(self, name, array, dtype):
        data = numpy.ascontiguousarray(array, dtype={"u16": "<u2", "u32": "<u4"}[dtype]).tobytes()
        self.rows.append({"name": name, "shape": [len(array)], "dtype": dtype, "offset": self.offset})
        self.parts.append(data)
        self.offset += len(data)


def nodes(model, name):
    return [node for node in model.walk() if node.name == name]


def vector_rows(vocab, tensors):
    """Which static vector each word has; returns the number of words."""
    reserved = {value: hash_string(key) for key, value in IDS.items() if key}
    table = {}
    for key, row in vocab.vectors.key2row.items():
        # Of two words whose hashes begin alike one keeps its row.
        table.setdefault(reserved.get(key, key) >> 32, row)
    keys = sorted(table)
    tensors.integers("vectors.keys", keys, "u32")
    tensors.integers("vectors.rows", [table[key] for key in keys], "u16")
    return len(keys)


def encoder(name, model, tensors, vocab):
    """A MultiHashEmbed + MaxoutWindowEncoder stack."""
    embeds = nodes(model, "hashembed")
    maxouts, norms = nodes(model, "maxout"), nodes(model, "layernorm")
    attrs = nodes(model, "extract_features")[0].attrs["columns"]
    ids = {value: key for key, value in IDS.items()}
    attrs = [a if isinstance(a, str) else ids[a] for a in attrs]
    windows = {node.attrs["window_size"] for node in nodes(model, "expand_window")}
    assert windows == {1} and len(maxouts) == len(norms) and len(attrs) == len(embeds)
    width = maxouts[0].get_dim("nO")
    for i, embed in enumerate(embeds):
        assert embed.attrs["column"] == i
        tensors.add(f"{name}.embed.{i}", embed.get_param("E"))
    static = nodes(model, "static_vectors")
    if static:
        assert vocab.vectors.attr == ORTH or vocab.vectors.attr == IDS["ORTH"]
        weight = static[0].get_param("W")
        tensors.add(f"{name}.static", numpy.asarray(vocab.vectors.data) @ weight.T)
    places = [f"{name}.mix"] + [f"{name}.conv.{i}" for i in range(len(maxouts) - 1)]
    for place, maxout, norm in zip(places, maxouts, norms):
        tensors.add(f"{place}.W", maxout.get_param("W"))
        tensors.add(f"{place}.b", maxout.get_param("b"))
        tensors.add(f"{place}.g", norm.get_param("G"))
        tensors.add(f"{place}.beta", norm.get_param("b"))
    return {
        "name": name,
        "width": width,
        "attrs": attrs,
        "seeds": [embed.attrs["seed"] for embed in embeds],
        "rows": [embed.get_dim("nV") for embed in embeds],
        "depth": len(maxouts) - 1,
        "pieces": maxouts[0].get_dim("nP"),
        "static_rows": len(vocab.vectors.data) if static else 0,
    }


def transition_model(name, pipe, encoders, tensors):
    """A TransitionBasedParser: reduction, precomputable affine layer, upper layer."""
    model = pipe.model
    tok2vec = model.get_ref("tok2vec")
    if nodes(tok2vec, "hashembed"):
        encoders.append(encoder(name, tok2vec, tensors, pipe.vocab))
        used = len(encoders) - 1
    else:
        used = 0
    reduce_ = nodes(tok2vec, "linear")[-1]
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    for place, node, params in (("reduce", reduce_, "Wb"), ("upper", upper, "Wb")):
        for param in params:
            tensors.add(f"{name}.{place}.{param}", node.get_param(param))
    for param in ("W", "b", "pad"):
        tensors.add(f"{name}.lower.{param}", lower.get_param(param))
    assert not model.attrs["unseen_classes"] and pipe.cfg["beam_width"] == 1
    return {
        "encoder": used,
        "hidden": lower.get_dim("nO"),
        "pieces": lower.get_dim("nP"),
        "features": lower.get_dim("nF"),
        "moves": [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)],
    }


def ranges(test):
    """Flat [first, last, ...] of the code points for which `test` holds."""
    out, start = [], None
    for point in range(0x110000):
        hit = not 0xD800 <= point <= 0xDFFF and bool(test(chr(point)))
        if hit and start is None:
            start = point
        elif not hit and start is not None:
            out += [start, point - 1]
            start = None
    if start is not None:
        out += [start, 0x10FFFF]
    return out


def char_class(inside):
    return ranges(re.compile(f"[{inside}]").match)


def literals(entries):
    """The plain strings among regex pieces, unescaped, in order."""
    plain = re.compile(r"(?:\\.|[^\\\[\](){}.*+?^$|])+")
    return [re.sub(r"\\(.)", r"\1", p) for p in entries if p.strip() and plain.fullmatch(p)]


def tokenizer(nlp):
    """Affix rules as data; stops where the package's patterns differ from spaCy's English."""
    tk, defaults = nlp.tokenizer, nlp.Defaults
    assert tk.prefix_search.__self__.pattern == compile_prefix_regex(defaults.prefixes).pattern
    assert tk.suffix_search.__self__.pattern == compile_suffix_regex(defaults.suffixes).pattern
    assert tk.infix_finditer.__self__.pattern == compile_infix_regex(defaults.infixes).pattern
    assert tk.url_match.__self__.pattern == URL_MATCH.__self__.pattern
    assert tk.token_match is None and tk.faster_heuristics
    icons = cc.LIST_ICONS[0]
    special_prefixes = [r"\+(?![0-9])", r"\.\.+", icons]
    prefixes = literals(defaults.prefixes)
    assert len(prefixes) + len(special_prefixes) == len([p for p in defaults.prefixes if p.strip()])
    suffixes = literals(defaults.suffixes)
    conditional = [p for p in defaults.suffixes if "(?<" in p]
    assert len(conditional) == 6
    assert len(suffixes) + 8 == len([p for p in defaults.suffixes if p.strip()])
    full_stop = re.fullmatch(r"\(\?<=(\[.*\])\)\\\.", conditional[4]).group(1)
    specials = {}
    for chunk, tokens in tk.rules.items():
        specials[chunk] = [[t[ORTH], t.get(NORM, "")] for t in tokens]
    classes = {
        "alpha": char_class(cc.ALPHA),
        "alpha_lower": char_class(cc.ALPHA_LOWER),
        "alpha_upper": char_class(cc.ALPHA_UPPER),
        "quotes": char_class(cc.CONCAT_QUOTES),
        "icons": ranges(re.compile(icons).match),
        "before_full_stop": ranges(re.compile(full_stop).match),
        "space": ranges(str.isspace),
        "letter": ranges(str.isalpha),
        "upper": ranges(str.isupper),
        "digit": ranges(str.isdigit),
        "decimal": ranges(str.isdecimal),
        "word": ranges(re.compile(r"\w").match),
    }
    return {
        "prefixes": prefixes,
        "suffixes": suffixes,
        "units": cc.UNITS.split("|"),
        "currency": [c.replace("\\", "") for c in cc.CURRENCY.split("|")],
        "hyphens": cc.HYPHENS.split("|"),
        "specials": specials,
    }, classes


def norms(nlp):
    """Norm exceptions: spaCy's base table, overridden by the package's own."""
    table = dict(BASE_NORMS)
    known = {hash_string(s): s for s in nlp.vocab.strings}
    for words in [nlp.tokenizer.rules.keys(), BASE_NORMS.keys()]:
        known.update((hash_string(w), w) for w in words)
    hashed = {}
    for key, norm in nlp.vocab.lookups.get_table("lexeme_norm").items():
        if key in known:
            table[known[key]] = norm
        else:
            hashed[f"{key:x}"] = norm
    return table, hashed


def strings_of(pattern):
    """All strings that a regular expression of a finite language, anchored at both ends, matches."""
    from re import _parser

    out = [""]
    for op, value in _parser.parse(pattern) if isinstance(pattern, str) else pattern:
        op = str(op)
        if op == "AT":
            continue
        if op == "LITERAL":
            choices = [chr(value)]
        elif op == "IN":
            assert all(str(kind) == "LITERAL" for kind, _ in value)
            choices = [chr(point) for _, point in value]
        elif op == "MAX_REPEAT" and value[:2] == (0, 1):
            choices = ["", *strings_of(value[2])]
        else:
            sys.exit(f"cannot list the strings of {pattern}")
        out = [head + tail for head in out for tail in choices]
    return out


def ruler(nlp):
    """The attribute ruler's rules, each value a plain one, {"IN": [...]} or {"NOT_IN": [...]}."""
    rules = nlp.get_pipe("attribute_ruler").patterns
    for rule in rules:
        for pattern in rule["patterns"]:
            for token in pattern:
                for key, value in token.items():
                    if isinstance(value, dict) and "REGEX" in value:
                        assert value["REGEX"][0] == "^" and value["REGEX"][-1] == "$"
                        token[key] = {"IN": strings_of(value["REGEX"])}
    return rules


def lemmatizer(nlp):
    """The rule lemmatizer's tables by part of speech."""
    pipe = nlp.get_pipe("lemmatizer")
    assert pipe.mode == "rule"
    out = {}
    parts = ["adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron",
             "propn", "punct", "sconj", "sym", "verb", "x"]
    for key, table in (("rules", "lemma_rules"), ("exceptions", "lemma_exc"), ("index", "lemma_index")):
        table = pipe.lookups.get_table(table)
        out[key] = {pos: table.get(pos) for pos in parts if table.get(pos)}
        assert len(out[key]) == len(table)
    out["index"] = {
        pos: "\n".join(sorted(set(words), key=lambda w: w.encode())) for pos, words in out["index"].items()
    }
    return out


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("package")
    args.add_argument("out")
    args.add_argument("--dtype", choices=["i16", "f16", "f32"], default="i16")
    args = args.parse_args()
    nlp = spacy.load(args.package)
    tensors = Tensors(args.dtype)
    encoders = [encoder("tok2vec", nlp.get_pipe("tok2vec").model, tensors, nlp.vocab)]
    keys = vector_rows(nlp.vocab, tensors) if any(e["static_rows"] for e in encoders) else 0
    softmax = nodes(nlp.get_pipe("tagger").model, "softmax")[-1]
    tensors.add("tagger.W", softmax.get_param("W"))
    tensors.add("tagger.b", softmax.get_param("b"))
    parser = transition_model("parser", nlp.get_pipe("parser"), encoders, tensors)
    ner = transition_model("ner", nlp.get_pipe("ner"), encoders, tensors)
    affixes, classes = tokenizer(nlp)
    norm_table, norm_hashes = norms(nlp)
    manifest = {
        "name": f"{nlp.lang}_{nlp.meta['name']}",
        "version": nlp.meta["version"],
        "licence": nlp.meta["license"],
        "source": nlp.meta.get("url", ""),
        "tensors": tensors.rows,
        "vector_keys": keys,
        "encoders": encoders,
        "tagger": {"encoder": 0, "labels": list(nlp.get_pipe("tagger").labels)},
        "parser": parser,
        "ner": ner,
        "tokenizer": affixes,
        "classes": classes,
        "norms": norm_table,
        "norm_hashes": norm_hashes,
        "symbols": {name: value for name, value in IDS.items() if name},
        "ruler": ruler(nlp),
        "lemma": lemmatizer(nlp),
    }
    raw = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()
    stored = zlib.compress(raw, 9)
    head = MAGIC + struct.pack("<II", len(stored), len(raw)) + stored
    head += b"\0" * (-len(head) % 16)
    with open(args.out, "wb") as file:
        file.write(head)
        for part in tensors.parts:
            file.write(part)
    print(f"{args.out}: manifest {len(stored)} of {len(raw)} bytes, tensors {tensors.offset} bytes")


if __name__ == "__main__":
    main()
