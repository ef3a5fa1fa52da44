"""The demo model: a small llama (RMSNorm, rotary attention, SwiGLU, tied embeddings).

The rotary embedding turns adjacent pairs (0,1), (2,3), ... because that is what
llama.cpp does for the "llama" architecture; the weights can then be written to
GGUF as they are, without the permutation that Hugging Face checkpoints need.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

CONFIG = dict(vocab=2048, dim=192, layers=6, heads=6, kv_heads=6, ffn=512,
              context=1024, rope_base=10000.0, eps=1e-5)


def rope_tables(length, head_dim, base):
    freq = base ** (-torch.arange(0, head_dim, 2).float() / head_dim)
    angle = torch.arange(length).float()[:, None] * freq[None, :]
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class RMSNorm(nn.Module):
    def __init__(self, dim, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        dim, self.heads, self.kv_heads = c["dim"], c["heads"], c["kv_heads"]
        self.head_dim = dim // self.heads
        kv_dim = self.head_dim * self.kv_heads
        self.attn_norm = RMSNorm(dim, c["eps"])
        self.attn_q = nn.Linear(dim, dim, bias=False)
        self.attn_k = nn.Linear(dim, kv_dim, bias=False)
        self.attn_v = nn.Linear(dim, kv_dim, bias=False)
        self.attn_output = nn.Linear(dim, dim, bias=False)
        self.ffn_norm = RMSNorm(dim, c["eps"])
        self.ffn_gate = nn.Linear(dim, c["ffn"], bias=False)
        self.ffn_up = nn.Linear(dim, c["ffn"], bias=False)
        self.ffn_down = nn.Linear(c["ffn"], dim, bias=False)

    def forward(self, x, cos, sin, mask):
        b, t, d = x.shape
        h = self.attn_norm(x)
        q = self.attn_q(h).view(b, t, self.heads, self.head_dim).transpose(1, 2)
        k = self.attn_k(h).view(b, t, self.kv_heads, self.head_dim).transpose(1, 2)
        v = self.attn_v(h).view(b, t, self.kv_heads, self.head_dim).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if self.kv_heads != self.heads:  # query heads in a row share one key/value head
            n = self.heads // self.kv_heads
            k, v = k.repeat_interleave(n, 1), v.repeat_interleave(n, 1)
        bh = b * self.heads
        scores = torch.baddbmm(mask, q.reshape(bh, t, -1), k.reshape(bh, t, -1).transpose(1, 2),
                               alpha=self.head_dim ** -0.5)
        y = torch.bmm(scores.softmax(-1), v.reshape(bh, t, -1))
        y = y.view(b, self.heads, t, self.head_dim).transpose(1, 2).reshape(b, t, d)
        x = x + self.attn_output(y)
        h = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h))


class Llama(nn.Module):
    def __init__(self, config=CONFIG):
        super().__init__()
        self.config = c = dict(config)
        self.token_embd = nn.Embedding(c["vocab"], c["dim"])
        self.blk = nn.ModuleList(Block(c) for _ in range(c["layers"]))
        self.output_norm = RMSNorm(c["dim"], c["eps"])
        cos, sin = rope_tables(c["context"], c["dim"] // c["heads"], c["rope_base"])
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, p in self.named_parameters():
            if p.dim() == 2:
                scale = 0.02 if "token" in name else p.shape[1] ** -0.5
                if "output" in name or "down" in name:
                    scale /= (2 * c["layers"]) ** 0.5
                nn.init.normal_(p, std=scale)

    def forward(self, ids, targets=None):
        t = ids.shape[1]
        mask = torch.full((t, t), float("-inf")).triu(1)
        x = self.token_embd(ids)
        cos, sin = self.cos[:t], self.sin[:t]
        for block in self.blk:
            x = block(x, cos, sin, mask)
        x = self.output_norm(x)
        if targets is None:
            return F.linear(x, self.token_embd.weight)
        # Only the positions that count go through the (large) output projection.
        keep = targets.reshape(-1) >= 0
        logits = F.linear(x.reshape(-1, x.shape[-1])[keep], self.token_embd.weight)
        return F.cross_entropy(logits, targets.reshape(-1)[keep])
