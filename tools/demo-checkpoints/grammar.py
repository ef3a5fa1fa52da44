"""A tiny template language for generating text.

    [a|b|c]     one of the alternatives (they may nest; an empty one is fine)
    {name}      a value bound earlier, else a fresh random word of that list
    {x:list}    a random word of the list, bound to x for the rest of the text
"""
import re

INNER = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")

# What a one-letter slot is when the sentence that binds it was left out.
FALLBACK = dict(o="thing", a="animal", f="family", s="skill", d="food", m="man", w="woman", p="place")


class Grammar:
    def __init__(self, words):
        self.words = words

    def expand(self, rng, text, bound=None):
        bound = {} if bound is None else bound
        while "[" in text:  # innermost choices first
            new = INNER.sub(lambda m: rng.choice(m.group(1).split("|")), text)
            if new == text:
                break
            text = new

        def fill(m):
            key, source = m.group(1), m.group(2)
            if source:
                if key in bound:
                    return bound[key]
                value = rng.choice(self.words[source])
                while value in bound.values():  # two slots of one text differ
                    value = rng.choice(self.words[source])
                bound[key] = value
                return self.expand(rng, value, bound)
            if key in bound:
                return bound[key]
            if key in FALLBACK:
                bound[key] = rng.choice(self.words[FALLBACK[key]])
                return bound[key]
            return self.expand(rng, rng.choice(self.words[key]), bound)

        return SLOT.sub(fill, text)


def tidy(text):
    """Collapse spaces, repair "a/an", and start every sentence with a capital."""
    text = re.sub(r" +", " ", text).strip()
    text = re.sub(r" ([,.!?;:])", r"\1", text)
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU])(?!one\b|once\b|use|uni|eu)", r"\1n ", text)
    text = re.sub(r"\b([Aa]) (?=hour\b|honest)", r"\1n ", text)
    return re.sub(r"(^|[.!?] |\n|[.!?] \"|^\")([a-z])",
                  lambda m: m.group(1) + m.group(2).upper(), text)
