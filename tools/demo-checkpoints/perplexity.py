"""Perplexity of a GGUF of ours on the held-out text, with the weights as stored (Q8_0).

    python3 perplexity.py model.gguf tokenizer.json

Prose: every document alone, from <s> to </s>. Chat: only the assistant's tokens count.
Perplexity is exp(mean negative log-likelihood per token).
"""
import json, math, sys
import torch
from model import CONFIG, Llama
from read_gguf import read_gguf
from tokenizer import BOS, EOS, Tokenizer
from train import encode_chat

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
