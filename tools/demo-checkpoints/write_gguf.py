"""Write a trained checkpoint as GGUF v3: matrices as Q8_0, norms as F32.

    python3 write_gguf.py base|chat model.pt tokenizer.json out.gguf
"""
import struct, sys
import numpy as np

CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{{ message['content'] | trim }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
U32, F32, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5
ALIGN = 32


def pack_string(s):
    raw = s.encode()
    return struct.pack("<Q", len(raw)) + raw


def pack_value(kind, v):
    if kind == STRING:
        return pack_string(v)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], v)


def pack_kv(key, kind, v):
    out = pack_string(key)
    if isinstance(v, list):
        out += struct.pack("<IIQ", ARRAY, kind, len(v))
        return out + b"".join(pack_value(kind, x) for x in v)
    return out + struct.pack("<I", kind) + pack_value(kind, v)


def q8_0(a):
    """Blocks of 32 values: one half-precision scale, then 32 signed bytes."""
    blocks = a.astype(np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(1, keepdims=True) / 127
    inv = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    q = np.clip(np.rint(blocks * inv), -127, 127).astype(np.int8)
    out = np.empty((len(blocks), 34), np.uint8)
    out[:, :2] = scale.astype(np.float16).view(np.uint8)
    out[:, 2:] = q.view(np.uint8)
    return out.tobytes()


def write(path, kind, state, config, tokenizer):
    chat = kind == "chat"
    c = config
    params = sum(v.size for v in state.values())
    n_special = 4
    eos = 3 if chat else 1  # a chat turn ends with <|im_end|>, a plain text with </s>
    meta = [
        ("general.architecture", STRING, "llama"),
        ("general.type", STRING, "model"),
        ("general.name", STRING, f"Tandem tiny {kind}"),
        ("general.description", STRING, "A tiny demo model for Tandem, trained from scratch on generated text"
         + (", then tuned to answer questions." if chat else ".")),
        ("general.license", STRING, "same as the Tandem project"),
        ("general.size_label", STRING, f"{params / 1e6:.1f}M"),
        ("general.file_type", U32, 7),
        ("general.quantization_version", U32, 2),
        ("llama.vocab_size", U32, c["vocab"]),
        ("llama.context_length", U32, c["context"]),
        ("llama.embedding_length", U32, c["dim"]),
        ("llama.block_count", U32, c["layers"]),
        ("llama.feed_forward_length", U32, c["ffn"]),
        ("llama.rope.dimension_count", U32, c["dim"] // c["heads"]),
        ("llama.rope.freq_base", F32, c["rope_base"]),
        ("llama.attention.head_count", U32, c["heads"]),
        ("llama.attention.head_count_kv", U32, c["kv_heads"]),
        ("llama.attention.layer_norm_rms_epsilon", F32, c["eps"]),
        ("tokenizer.ggml.model", STRING, "gpt2"),
        ("tokenizer.ggml.pre", STRING, "refact"),
        ("tokenizer.ggml.tokens", STRING, tokenizer.vocab),
        ("tokenizer.ggml.token_type", I32, [3 if i < n_special else 1 for i in range(c["vocab"])]),
        ("tokenizer.ggml.merges", STRING, tokenizer.merges),
        ("tokenizer.ggml.bos_token_id", U32, 0),
        ("tokenizer.ggml.eos_token_id", U32, eos),
        ("tokenizer.ggml.eot_token_id", U32, eos),
        ("tokenizer.ggml.padding_token_id", U32, 1),
        ("tokenizer.ggml.add_bos_token", BOOL, True),
        ("tokenizer.ggml.add_eos_token", BOOL, False),
    ]
    if chat:
        meta.append(("tokenizer.chat_template", STRING, CHAT_TEMPLATE))
    head, body = b"", b""
    for name, a in state.items():  # output.weight is absent: llama.cpp ties it to token_embd
        data = q8_0(a) if a.ndim == 2 else a.astype(np.float32).tobytes()
        head += pack_string(name) + struct.pack("<I", a.ndim)
        head += struct.pack(f"<{a.ndim}Q", *reversed(a.shape))
        head += struct.pack("<IQ", 8 if a.ndim == 2 else 0, len(body))
        body += data + b"\0" * (-len(data) % ALIGN)
    out = b"GGUF" + struct.pack("<IQQ", 3, len(state), len(meta))
    out += b"".join(pack_kv(*m) for m in meta) + head
    out += b"\0" * (-len(out) % ALIGN) + body
    open(path, "wb").write(out)


if __name__ == "__main__":
    import torch
    from tokenizer import Tokenizer
    kind, pt, tok, path = sys.argv[1:]
    saved = torch.load(pt)
    write(path, kind, {k: v.float().numpy() for k, v in saved["model"].items()}, saved["config"], Tokenizer(tok))
