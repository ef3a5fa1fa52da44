"""Perplexity of a GGUF of ours on the held-out text, with the weights as stored (Q8_0).

    python3 perplexity.py model.gguf tokenizer.json

Prose: every document alone, from <s> to </s>. Chat: only the assistant's tokens count.
Perplexity is exp(mean negative log-likelihood per token).
"""
import json, math, struct, sys
import numpy as np
import torch
from model import CONFIG, Llama
from tokenizer import BOS, EOS, Tokenizer
from train import encode_chat

SIZES = {4: "<I", 5: "<i", 6: "<f", 7: "<?"}


def read_gguf(path):
    raw, at = open(path, "rb").read(), 24

    def take(fmt):
        nonlocal at
        v = struct.unpack_from(fmt, raw, at)[0]
        at += struct.calcsize(fmt)
        return v

    def text():
        nonlocal at
        n = take("<Q")
        at += n
        return raw[at - n:at].decode()

    def value(kind):
        if kind == 8:
            return text()
        if kind == 9:
            inner, n = take("<I"), take("<Q")
            return [value(inner) for _ in range(n)]
        return take(SIZES[kind])

    tensors, pairs = struct.unpack_from("<QQ", raw, 8)
    meta = {}
    for _ in range(pairs):
        key = text()
        meta[key] = value(take("<I"))
    infos = []
    for _ in range(tensors):
        name, dims = text(), take("<I")
        infos.append((name, [take("<Q") for _ in range(dims)][::-1], take("<I"), take("<Q")))
    base = -(-at // 32) * 32
    state = {}
    for name, shape, kind, offset in infos:
        n = math.prod(shape)
        if kind == 0:
            a = np.frombuffer(raw, np.float32, n, base + offset)
        else:
            b = np.frombuffer(raw, np.uint8, n // 32 * 34, base + offset).reshape(-1, 34)
            a = b[:, 2:].view(np.int8) * np.ascontiguousarray(b[:, :2]).view(np.float16).astype(np.float32)
        state[name] = torch.tensor(a.reshape(shape))
    return meta, state


@torch.no_grad()
def perplexity(model, examples):
    total, count = 0.0, 0
    for ids, learn in examples:
        y = torch.tensor([[t if l else -1 for t, l in zip(ids[1:], learn[1:])]])
        n = int((y >= 0).sum())
        total += model(torch.tensor([ids[:-1]]), y).item() * n
        count += n
    return math.exp(total / count), count


if __name__ == "__main__":
    meta, state = read_gguf(sys.argv[1])
    tok = Tokenizer(sys.argv[2])
    model = Llama(CONFIG)
    model.load_state_dict(state)
    prose = [d.strip() for d in open("heldout-prose.txt").read().split("\n\n") if d.strip()]
    prose = [[BOS, *tok.encode(d), EOS] for d in prose]
    chat = [json.loads(l)["messages"] for l in open("heldout-chat.jsonl")]
    for name, data in (("prose", [(p, [1] * len(p)) for p in prose]),
                       ("chat", [encode_chat(tok, [(m["role"], m["content"]) for m in c]) for c in chat])):
        print("{}: {:.2f} on {} tokens".format(name, *perplexity(model, data)))
