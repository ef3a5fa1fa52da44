"""A byte-level BPE of 2048 tokens, trained on the generated text.

Text is cut as llama.cpp does it for the pre type "refact": every digit on its own,
the rest by the GPT-2 rule. Single digits make arithmetic learnable.
"""
import collections, json, sys
import regex

SPECIAL = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"]  # ids 0..3, control tokens
BOS, EOS, IM_START, IM_END = range(4)
DIGIT = regex.compile(r"\p{N}|\P{N}+")
GPT2 = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


def byte_letters():
    """GPT-2's table: every byte gets a printable letter."""
    keep = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, n = {}, 0
    for b in range(256):
        table[b] = chr(b if b in keep else 256 + n)
        n += b not in keep
    return table


LETTER = byte_letters()


def pieces(text):
    for part in DIGIT.findall(text):
        for piece in GPT2.findall(part):
            yield "".join(LETTER[b] for b in piece.encode())


def train(texts, size):
    counts = collections.Counter(p for t in texts for p in pieces(t))
    words = [list(w) for w in counts]
    freq = list(counts.values())
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for i, w in enumerate(words):
        for pair in zip(w, w[1:]):
            pairs[pair] += freq[i]
            where[pair].add(i)
    vocab = SPECIAL + [LETTER[b] for b in range(256)]
    merges = []
    while len(vocab) < size:
        best = max(pairs, key=lambda p: (pairs[p], p))
        merges.append(best)
        vocab.append("".join(best))
        for i in list(where[best]):
            w = words[i]
            for pair in zip(w, w[1:]):
                pairs[pair] -= freq[i]
            j = 0
            while j < len(w) - 1:
                if (w[j], w[j + 1]) == best:
                    w[j:j + 2] = ["".join(best)]
                j += 1
            for pair in zip(w, w[1:]):
                pairs[pair] += freq[i]
                where[pair].add(i)
        del pairs[best]
    return {"vocab": vocab, "merges": [" ".join(m) for m in merges]}


class Tokenizer:
    def __init__(self, path):
        data = json.load(open(path))
        self.vocab, self.merges = data["vocab"], data["merges"]
        self.id = {t: i for i, t in enumerate(self.vocab)}
        self.rank = {tuple(m.split(" ")): i for i, m in enumerate(self.merges)}
        self.cache = {}

    def piece(self, p):
        if p in self.cache:
            return self.cache[p]
        w = list(p)
        while len(w) > 1:
            i = min(range(len(w) - 1), key=lambda i: self.rank.get((w[i], w[i + 1]), 1 << 30))
            if (w[i], w[i + 1]) not in self.rank:
                break
            w[i:i + 2] = [w[i] + w[i + 1]]
        self.cache[p] = ids = [self.id[t] for t in w]
        return ids

    def encode(self, text):
        return [i for p in pieces(text) for i in self.piece(p)]

    def decode(self, ids):
        back = {v: k for k, v in LETTER.items()}
        return bytes(back[c] for i in ids if i >= len(SPECIAL) for c in self.vocab[i]).decode(errors="replace")


if __name__ == "__main__":  # python3 tokenizer.py <out.json> <text files...>
    texts = [open(f).read() for f in sys.argv[2:]]
    json.dump(train(texts, 2048), open(sys.argv[1], "w"), ensure_ascii=False)
