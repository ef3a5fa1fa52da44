"""Train the demo models on the CPU.

    python3 train.py base tokenizer.json corpus.txt out.pt --minutes 22
    python3 train.py chat tokenizer.json chat.jsonl out.pt --minutes 15 --start base.pt --mix corpus.txt

The learning rate follows the elapsed share of --minutes (not a step count), so a
run ends on time on a busy machine too.
"""
import argparse, json, math, random, time
import numpy as np
import torch
from model import CONFIG, Llama
from tokenizer import BOS, EOS, IM_START, IM_END, Tokenizer

TOKENS = 4096  # per step; --tokens changes it


def documents(path):
    return [d for d in open(path).read().split("\n\n\n") if d.strip()]


def encode_stream(tok, path):
    out = []
    for d in documents(path):
        out += [BOS, *tok.encode(d.strip()), EOS]
    return np.array(out, np.int32)


def stream_batches(stream, rng, progress):
    """Packed text: mostly 256 tokens a row, then 512, and 1024 at the end."""
    while True:
        p = progress()
        length = 256 if p < .75 else 512 if p < .9 else 1024
        rows = TOKENS // length
        at = rng.integers(0, len(stream) - length - 1, rows)
        x = np.stack([stream[a:a + length + 1] for a in at])
        yield x[:, :-1], x[:, 1:]


def encode_chat(tok, messages):
    """Token ids and, per token, whether the model has to predict it."""
    ids, learn = [BOS], [0]
    for role, content in messages:
        head = [IM_START, *tok.encode(role + "\n")]
        body = tok.encode(content.strip())
        ids += head + body + [IM_END] + tok.encode("\n")
        mine = int(role == "assistant")
        learn += [0] * len(head) + [mine] * (len(body) + 1) + [0]
    return ids, learn


def chat_batches(examples, rng):
    """Rows of similar length, each starting at position 0 as it will in use."""
    while True:
        order = rng.permutation(len(examples))
        for c in range(0, len(order), 1024):
            chunk = sorted(order[c:c + 1024], key=lambda i: len(examples[i][0]))
            groups, group = [], []
            for i in chunk:
                if group and (len(group) + 1) * len(examples[i][0]) > TOKENS:
                    groups.append(group)
                    group = []
                group.append(i)
            groups.append(group)
            rng.shuffle(groups)
            for g in groups:
                width = max(len(examples[i][0]) for i in g)
                x = np.full((len(g), width), EOS, np.int64)
                y = np.full((len(g), width), -1, np.int64)
                for r, i in enumerate(g):
                    ids, learn = examples[i]
                    x[r, :len(ids)] = ids
                    y[r, :len(ids) - 1] = np.where(np.array(learn[1:]) > 0, ids[1:], -1)
                yield x, y


def main():
    a = argparse.ArgumentParser()
    a.add_argument("kind", choices=["base", "chat"])
    a.add_argument("tokenizer"); a.add_argument("data"); a.add_argument("out")
    a.add_argument("--minutes", type=float, default=20)
    a.add_argument("--lr", type=float, default=3e-3)
    a.add_argument("--start"); a.add_argument("--mix")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--tokens", type=int, default=TOKENS)
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    globals()["TOKENS"] = a.tokens
    torch.manual_seed(a.seed); torch.set_num_threads(a.threads)
    rng = np.random.default_rng(a.seed)
    tok = Tokenizer(a.tokenizer)
    model = Llama(CONFIG)
    if a.start:
        model.load_state_dict(torch.load(a.start)["model"], strict=True)
    progress = lambda: min(1, (time.time() - began) / (60 * a.minutes))
    prose = None
    if a.kind == "base":
        stream = encode_stream(tok, a.data)
        print(f"{len(stream)} tokens", flush=True)
        batches = stream_batches(stream, rng, progress)
    else:
        examples = [encode_chat(tok, json.loads(l)) for l in open(a.data)]
        examples = [e for e in examples if len(e[0]) <= CONFIG["context"]]
        print(f"{len(examples)} dialogs, {sum(len(e[0]) for e in examples)} tokens, "
              f"{sum(sum(e[1]) for e in examples)} learned", flush=True)
        batches = chat_batches(examples, rng)
        if a.mix:
            prose = stream_batches(encode_stream(tok, a.mix), rng, lambda: 0)
    matrices = [p for p in model.parameters() if p.dim() == 2]
    norms = [p for p in model.parameters() if p.dim() == 1]
    opt = torch.optim.AdamW([{"params": matrices, "weight_decay": .1}, {"params": norms, "weight_decay": 0}],
                            lr=a.lr, betas=(.9, .95))
    save = lambda: torch.save({"model": model.state_dict(), "config": CONFIG}, a.out)
    began = saved = time.time()
    step, seen, mean = 0, 0, None
    while progress() < 1:
        p = progress()
        warm = min(1, (step + 1) / 60)
        lr = a.lr * warm * (.03 + .97 * .5 * (1 + math.cos(math.pi * p)))
        for g in opt.param_groups:
            g["lr"] = lr
        x, y = next(prose if prose is not None and step % 10 == 9 else batches)
        # bfloat16 matrix products are several times faster where the CPU has them.
        with torch.autocast("cpu", torch.bfloat16):
            loss = model(torch.from_numpy(x.astype(np.int64)), torch.from_numpy(y.astype(np.int64)))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1; seen += x.size
        mean = loss.item() if mean is None else .98 * mean + .02 * loss.item()
        if step % 50 == 0:
            print(f"step {step} loss {mean:.4f} lr {lr:.5f} {seen / (time.time() - began):.0f} tokens/s "
                  f"{100 * p:.0f} %", flush=True)
        if time.time() - saved > 60:
            save(); saved = time.time()
    save()
    print(f"done: {step} steps, {seen} tokens in {time.time() - began:.0f} s, loss {mean:.4f}")


if __name__ == "__main__":
    main()
