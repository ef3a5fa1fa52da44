"""What the models below share: norms, rotary positions, attention, experts. Plain PyTorch, nothing fast."""
import math
import torch
from torch import nn
import torch.nn.functional as F


class RMSNorm(nn.Module):
    def __init__(self, size, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(size) + 0.1 * torch.randn(size)), eps

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


def linear(into, out, bias=False):
    layer = nn.Linear(into, out, bias=bias)
    nn.init.normal_(layer.weight, std=0.08)
    if bias:
        nn.init.normal_(layer.bias, std=0.05)
    return layer


def angles(length, size, theta):
    steps = 1.0 / (theta ** (torch.arange(0, size, 2).float() / size))
    return torch.outer(torch.arange(length).float(), steps)


def turn_halves(x, theta):
    """x: [batch, heads, time, size]; the first half turns with the second, as Hugging Face lays it out."""
    at = angles(x.shape[-2], x.shape[-1], theta)
    cos, sin = torch.cat([at, at], -1).cos(), torch.cat([at, at], -1).sin()
    left, right = x.chunk(2, -1)
    return x * cos + torch.cat([-right, left], -1) * sin


def turn_pairs(x, theta):
    """Neighbours turn together, as Meta lays it out."""
    at = angles(x.shape[-2], x.shape[-1], theta)
    one, other = x[..., 0::2], x[..., 1::2]
    turned = torch.stack([one * at.cos() - other * at.sin(), one * at.sin() + other * at.cos()], -1)
    return turned.flatten(-2)


def split(x, heads):
    batch, time, width = x.shape
    return x.view(batch, time, heads, width // heads).transpose(1, 2)


def attend(q, k, v):
    """Causal; [batch, heads, time, size] each, keys and values repeated for their group of queries."""
    group = q.shape[1] // k.shape[1]
    k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    time = q.shape[-2]
    scores = scores.masked_fill(torch.ones(time, time).triu(1).bool(), float('-inf'))
    return (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)


class GatedMlp(nn.Module):
    """SwiGLU, by whichever names a project gives its three matrices."""

    def __init__(self, hidden, inner, names=('gate_proj', 'up_proj', 'down_proj')):
        super().__init__()
        self.names = names
        for name, (into, out) in zip(names, [(hidden, inner), (hidden, inner), (inner, hidden)]):
            setattr(self, name, linear(into, out))

    def forward(self, x):
        gate, up, down = (getattr(self, name) for name in self.names)
        return down(F.silu(gate(x)) * up(x))


def mix(x, experts, weights, chosen):
    """The sum of the chosen experts' answers, weighted."""
    out = torch.zeros_like(x)
    for index, expert in enumerate(experts):
        share = (weights * (chosen == index)).sum(-1, keepdim=True)
        out = out + share * expert(x)
    return out
