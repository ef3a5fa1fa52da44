"""Read a GGUF of ours back: what it says of itself, and its weights as stored (Q8_0), in 32 bits.

    python3 read_gguf.py model.gguf model.pt tokenizer.json

writes what train.py and write_gguf.py take, so that a shipped checkpoint can be tuned further.
"""
import json, math, struct, sys
import numpy as np
import torch

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


if __name__ == "__main__":
    from model import CONFIG
    path, pt, tok = sys.argv[1:]
    meta, state = read_gguf(path)
    torch.save({"model": state, "config": CONFIG}, pt)
    json.dump({"vocab": meta["tokenizer.ggml.tokens"], "merges": meta["tokenizer.ggml.merges"]}, open(tok, "w"), ensure_ascii=False)
