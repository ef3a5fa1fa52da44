"""The families, by the names their own code gives the weights. Each returns logits for [batch, time] ids."""
import torch
from torch import nn
import torch.nn.functional as F
from layers import GatedMlp, RMSNorm, attend, linear, mix, split, turn_halves, turn_pairs


class LayerNorm(nn.Module):
    def __init__(self, size, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size) + 0.1 * torch.randn(size))
        self.bias = nn.Parameter(0.1 * torch.randn(size)) if bias else None

    def forward(self, x):
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, 1e-5)


class Conv1D(nn.Module):
    """Hugging Face's GPT-2 keeps its matrices the other way round."""

    def __init__(self, into, out):
        super().__init__()
        self.weight, self.bias = nn.Parameter(0.08 * torch.randn(into, out)), nn.Parameter(0.05 * torch.randn(out))

    def forward(self, x):
        return x @ self.weight + self.bias


class NanoGptBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        hidden, bias = c['n_embd'], c['bias']
        make = Conv1D if c.get('conv') else lambda into, out: linear(into, out, bias)
        self.heads, self.gelu = c['n_head'], c.get('gelu', 'none')
        self.ln_1, self.ln_2 = LayerNorm(hidden, bias), LayerNorm(hidden, bias)
        self.attn = nn.ModuleDict({'c_attn': make(hidden, 3 * hidden), 'c_proj': make(hidden, hidden)})
        self.mlp = nn.ModuleDict({'c_fc': make(hidden, 4 * hidden), 'c_proj': make(4 * hidden, hidden)})

    def forward(self, x):
        q, k, v = (split(part, self.heads) for part in self.attn['c_attn'](self.ln_1(x)).chunk(3, -1))
        x = x + self.attn['c_proj'](attend(q, k, v))
        return x + self.mlp['c_proj'](F.gelu(self.mlp['c_fc'](self.ln_2(x)), approximate=self.gelu))


class NanoGpt(nn.Module):
    """nanoGPT, and with `conv` Hugging Face's GPT-2."""

    def __init__(self, c):
        super().__init__()
        self.transformer = nn.ModuleDict({
            'wte': nn.Embedding(c['vocab_size'], c['n_embd']), 'wpe': nn.Embedding(c['block_size'], c['n_embd']),
            'h': nn.ModuleList(NanoGptBlock(c) for _ in range(c['n_layer'])), 'ln_f': LayerNorm(c['n_embd'], c['bias'])})
        self.lm_head = nn.Linear(c['n_embd'], c['vocab_size'], bias=False)
        self.lm_head.weight = self.transformer['wte'].weight

    def forward(self, ids):
        x = self.transformer['wte'](ids) + self.transformer['wpe'](torch.arange(ids.shape[1]))
        for block in self.transformer['h']:
            x = block(x)
        return self.lm_head(self.transformer['ln_f'](x))


class Scaled(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.ones(size) + 0.1 * torch.randn(size)), nn.Parameter(0.1 * torch.randn(size))

    def forward(self, x):
        centred = x - x.mean(-1, keepdim=True)
        return self.scale * centred / torch.sqrt(x.var(-1, keepdim=True, unbiased=False) + 1e-5) + self.shift


class ScratchBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        hidden = c['emb_dim']
        self.heads = c['n_heads']
        self.att = nn.ModuleDict({name: linear(hidden, hidden, c['qkv_bias']) for name in ('W_query', 'W_key', 'W_value')})
        self.att['out_proj'] = linear(hidden, hidden, True)
        self.att.register_buffer('mask', torch.triu(torch.ones(c['context_length'], c['context_length']), 1))
        self.ff = nn.ModuleDict({'layers': nn.ModuleList([linear(hidden, 4 * hidden, True), nn.Identity(), linear(4 * hidden, hidden, True)])})
        self.norm1, self.norm2 = Scaled(hidden), Scaled(hidden)

    def forward(self, x):
        at = self.norm1(x)
        q, k, v = (split(self.att[name](at), self.heads) for name in ('W_query', 'W_key', 'W_value'))
        x = x + self.att['out_proj'](attend(q, k, v))
        first, _, second = self.ff['layers']
        return x + second(F.gelu(first(self.norm2(x)), approximate='tanh'))


class FromScratch(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.tok_emb, self.pos_emb = nn.Embedding(c['vocab_size'], c['emb_dim']), nn.Embedding(c['context_length'], c['emb_dim'])
        self.trf_blocks = nn.Sequential(*(ScratchBlock(c) for _ in range(c['n_layers'])))
        self.final_norm, self.out_head = Scaled(c['emb_dim']), linear(c['emb_dim'], c['vocab_size'])

    def forward(self, ids):
        x = self.trf_blocks(self.tok_emb(ids) + self.pos_emb(torch.arange(ids.shape[1])))
        return self.out_head(self.final_norm(x))


class HfBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        hidden, size, self.c = c['hidden_size'], c['head_dim'], c
        heads, groups, bias = c['num_attention_heads'], c['num_key_value_heads'], c['model_type'] == 'qwen2'
        self.self_attn = nn.ModuleDict({
            'q_proj': linear(hidden, heads * size, bias), 'k_proj': linear(hidden, groups * size, bias),
            'v_proj': linear(hidden, groups * size, bias), 'o_proj': linear(heads * size, hidden)})
        if c['model_type'] == 'qwen3':
            self.self_attn['q_norm'], self.self_attn['k_norm'] = RMSNorm(size, c['rms_norm_eps']), RMSNorm(size, c['rms_norm_eps'])
        self.mlp = GatedMlp(hidden, c['intermediate_size'])
        self.input_layernorm, self.post_attention_layernorm = RMSNorm(hidden, c['rms_norm_eps']), RMSNorm(hidden, c['rms_norm_eps'])

    def forward(self, x):
        c, a, at = self.c, self.self_attn, self.input_layernorm(x)
        q, k = split(a['q_proj'](at), c['num_attention_heads']), split(a['k_proj'](at), c['num_key_value_heads'])
        if 'q_norm' in a:
            q, k = a['q_norm'](q), a['k_norm'](k)
        v = split(a['v_proj'](at), c['num_key_value_heads'])
        x = x + a['o_proj'](attend(turn_halves(q, c['theta']), turn_halves(k, c['theta']), v))
        return x + self.mlp(self.post_attention_layernorm(x))


class DeepseekMoe(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.gate = linear(c['hidden_size'], c['n_routed_experts'])
        if c['model_type'] == 'deepseek_v3':
            self.gate.register_buffer('e_score_correction_bias', 0.3 * torch.randn(c['n_routed_experts']))
        self.experts = nn.ModuleList(GatedMlp(c['hidden_size'], c['moe_intermediate_size']) for _ in range(c['n_routed_experts']))
        self.shared_experts = GatedMlp(c['hidden_size'], c['moe_intermediate_size'] * c['n_shared_experts'])

    def forward(self, x):
        c, logits = self.c, self.gate(x)
        if c['model_type'] == 'deepseek_v2':
            weights, chosen = logits.softmax(-1).topk(c['num_experts_per_tok'], -1)
        else:
            scores = logits.sigmoid()
            wanted = scores + self.gate.e_score_correction_bias
            groups = wanted.view(*wanted.shape[:-1], c['n_group'], -1)
            best = groups.topk(2, -1)[0].sum(-1).topk(c['topk_group'], -1)[1]
            allowed = torch.zeros(groups.shape[:-1]).scatter(-1, best, 1).unsqueeze(-1).expand_as(groups).flatten(-2)
            chosen = wanted.masked_fill(allowed == 0, float('-inf')).topk(c['num_experts_per_tok'], -1)[1]
            weights = scores.gather(-1, chosen)
            weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
        return mix(x, self.experts, weights * c['routed_scaling_factor'], chosen) + self.shared_experts(x)


class DeepseekBlock(nn.Module):
    def __init__(self, c, layer):
        super().__init__()
        hidden, heads, self.c = c['hidden_size'], c['num_attention_heads'], c
        key, eps = c['qk_nope_head_dim'] + c['qk_rope_head_dim'], c['rms_norm_eps']
        self.self_attn = nn.ModuleDict({
            'kv_a_proj_with_mqa': linear(hidden, c['kv_lora_rank'] + c['qk_rope_head_dim']), 'kv_a_layernorm': RMSNorm(c['kv_lora_rank'], eps),
            'kv_b_proj': linear(c['kv_lora_rank'], heads * (c['qk_nope_head_dim'] + c['v_head_dim'])), 'o_proj': linear(heads * c['v_head_dim'], hidden)})
        if c['q_lora_rank'] is None:
            self.self_attn['q_proj'] = linear(hidden, heads * key)
        else:
            self.self_attn.update({'q_a_proj': linear(hidden, c['q_lora_rank']), 'q_a_layernorm': RMSNorm(c['q_lora_rank'], eps), 'q_b_proj': linear(c['q_lora_rank'], heads * key)})
        self.mlp = GatedMlp(hidden, c['intermediate_size']) if layer < c['first_k_dense_replace'] else DeepseekMoe(c)
        self.input_layernorm, self.post_attention_layernorm = RMSNorm(hidden, eps), RMSNorm(hidden, eps)

    def forward(self, x):
        c, a, at = self.c, self.self_attn, self.input_layernorm(x)
        q = a['q_proj'](at) if c['q_lora_rank'] is None else a['q_b_proj'](a['q_a_layernorm'](a['q_a_proj'](at)))
        q_nope, q_rope = split(q, c['num_attention_heads']).split([c['qk_nope_head_dim'], c['qk_rope_head_dim']], -1)
        latent, k_rope = a['kv_a_proj_with_mqa'](at).split([c['kv_lora_rank'], c['qk_rope_head_dim']], -1)
        k_nope, v = split(a['kv_b_proj'](a['kv_a_layernorm'](latent)), c['num_attention_heads']).split([c['qk_nope_head_dim'], c['v_head_dim']], -1)
        k_rope = turn_pairs(k_rope.unsqueeze(1), c['theta']).expand(-1, c['num_attention_heads'], -1, -1)
        q, k = torch.cat([q_nope, turn_pairs(q_rope, c['theta'])], -1), torch.cat([k_nope, k_rope], -1)
        x = x + a['o_proj'](attend(q, k, v))
        return x + self.mlp(self.post_attention_layernorm(x))


class HuggingFace(nn.Module):
    """Llama, Mistral, Qwen2, Qwen3, DeepSeek-V2 and V3."""

    def __init__(self, c):
        super().__init__()
        is_deepseek = c['model_type'].startswith('deepseek')
        self.model = nn.ModuleDict({
            'embed_tokens': nn.Embedding(c['vocab_size'], c['hidden_size']),
            'layers': nn.ModuleList(DeepseekBlock(c, layer) if is_deepseek else HfBlock(c) for layer in range(c['num_hidden_layers'])),
            'norm': RMSNorm(c['hidden_size'], c['rms_norm_eps'])})
        self.lm_head = linear(c['hidden_size'], c['vocab_size'])
        if c['tie_word_embeddings']:
            self.lm_head.weight = self.model['embed_tokens'].weight

    def forward(self, ids):
        x = self.model['embed_tokens'](ids)
        for layer in self.model['layers']:
            x = layer(x)
        return self.lm_head(self.model['norm'](x))


class Llama2cBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        size = c['dim'] // c['n_heads']
        self.heads, self.groups = c['n_heads'], c['n_kv_heads']
        self.attention = nn.ModuleDict({'wq': linear(c['dim'], c['dim']), 'wk': linear(c['dim'], self.groups * size), 'wv': linear(c['dim'], self.groups * size), 'wo': linear(c['dim'], c['dim'])})
        self.feed_forward = GatedMlp(c['dim'], c['hidden_dim'], ('w1', 'w3', 'w2'))
        self.attention_norm, self.ffn_norm = RMSNorm(c['dim'], 1e-5), RMSNorm(c['dim'], 1e-5)

    def forward(self, x):
        a, at = self.attention, self.attention_norm(x)
        q, k, v = split(a['wq'](at), self.heads), split(a['wk'](at), self.groups), split(a['wv'](at), self.groups)
        x = x + a['wo'](attend(turn_pairs(q, 10000.0), turn_pairs(k, 10000.0), v))
        return x + self.feed_forward(self.ffn_norm(x))


class Llama2c(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.tok_embeddings = nn.Embedding(c['vocab_size'], c['dim'])
        self.layers = nn.ModuleList(Llama2cBlock(c) for _ in range(c['n_layers']))
        self.norm, self.output = RMSNorm(c['dim'], 1e-5), nn.Linear(c['dim'], c['vocab_size'], bias=False)
        self.output.weight = self.tok_embeddings.weight

    def forward(self, ids):
        x = self.tok_embeddings(ids)
        for layer in self.layers:
            x = layer(x)
        return self.output(self.norm(x))


class MiniMoe(nn.Module):
    def __init__(self, c):
        super().__init__()
        moe, self.used = c['moe'], c['moe']['num_experts_per_tok']
        make = lambda: nn.ModuleDict({'ffn': GatedMlp(c['hidden_size'], moe['expert_hidden_size'])})
        self.shared_experts = nn.ModuleList(make() for _ in range(moe['num_shared_experts']))
        self.experts = nn.ModuleList(make() for _ in range(moe['num_experts']))
        self.gate = nn.ModuleDict({'gate': linear(c['hidden_size'], moe['num_experts'])})

    def forward(self, x):
        weights, chosen = self.gate['gate'](x).softmax(-1).topk(self.used, -1)
        out = mix(x, [expert['ffn'] for expert in self.experts], weights / weights.sum(-1, keepdim=True), chosen)
        return out + sum(expert['ffn'](x) for expert in self.shared_experts) / len(self.shared_experts)


class MiniBlock(nn.Module):
    def __init__(self, c, layer):
        super().__init__()
        hidden, heads, self.c = c['hidden_size'], c['num_attention_heads'], c
        key = c['qk_nope_head_dim'] + c['qk_rope_head_dim']
        self.attention = nn.ModuleDict({
            'q_down_proj': linear(hidden, c['q_lora_rank']), 'q_up_proj': linear(c['q_lora_rank'], heads * key),
            'kv_down_proj': linear(hidden, c['kv_lora_rank']), 'k_up_proj': linear(c['kv_lora_rank'], heads * key),
            'v_up_proj': linear(c['kv_lora_rank'], heads * c['v_head_dim']), 'o_proj': linear(heads * c['v_head_dim'], hidden)})
        self.ffn = MiniMoe(c) if layer % 2 == 1 else GatedMlp(hidden, c['intermediate_size'])
        self.input_layernorm, self.post_attention_layernorm = RMSNorm(hidden, c['rms_norm_eps']), RMSNorm(hidden, c['rms_norm_eps'])

    def forward(self, x):
        c, a, at = self.c, self.attention, self.input_layernorm(x)
        latent = a['kv_down_proj'](at)
        turn = lambda part: torch.cat([part[..., :c['qk_nope_head_dim']], turn_halves(part[..., c['qk_nope_head_dim']:], c['rope_theta'])], -1)
        q, k = (split(part, c['num_attention_heads']) for part in (a['q_up_proj'](a['q_down_proj'](at)), a['k_up_proj'](latent)))
        x = x + a['o_proj'](attend(turn(q), turn(k), split(a['v_up_proj'](latent), c['num_attention_heads'])))
        return x + self.ffn(self.post_attention_layernorm(x))


class MiniDeepseek(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embed_tokens = nn.Embedding(c['vocab_size'], c['hidden_size'])
        self.layers = nn.ModuleList(MiniBlock(c, layer) for layer in range(c['num_hidden_layers']))
        self.norm, self.lm_head = RMSNorm(c['hidden_size'], c['rms_norm_eps']), nn.Linear(c['hidden_size'], c['vocab_size'], bias=False)
        self.lm_head.weight = self.embed_tokens.weight
        self.mtp_head = nn.ModuleDict({'projections': nn.ModuleList([linear(c['hidden_size'], c['hidden_size'], True)])})

    def forward(self, ids):
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x)
        return self.lm_head(self.norm(x))


class LitBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c, hidden = c, c['n_embd']
        self.attn = nn.ModuleDict({'qkv': linear(hidden, (c['n_head'] + 2 * c['n_query_groups']) * c['head_size']), 'proj': linear(c['n_head'] * c['head_size'], hidden)})
        self.mlp = GatedMlp(hidden, c['intermediate_size'], ('fc_1', 'fc_2', 'proj'))
        self.norm_1, self.norm_2 = RMSNorm(hidden, c['norm_eps']), RMSNorm(hidden, c['norm_eps'])

    def forward(self, x):
        c, size = self.c, self.c['head_size']
        q, k, v = self.attn['qkv'](self.norm_1(x)).split([c['n_head'] * size, c['n_query_groups'] * size, c['n_query_groups'] * size], -1)
        q, k = turn_halves(split(q, c['n_head']), c['rope_base']), turn_halves(split(k, c['n_query_groups']), c['rope_base'])
        x = x + self.attn['proj'](attend(q, k, split(v, c['n_query_groups'])))
        return x + self.mlp(self.norm_2(x))


class LitGpt(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.lm_head = linear(c['n_embd'], c['padded_vocab_size'])
        self.transformer = nn.ModuleDict({'wte': nn.Embedding(c['padded_vocab_size'], c['n_embd']), 'h': nn.ModuleList(LitBlock(c) for _ in range(c['n_layer'])), 'ln_f': RMSNorm(c['n_embd'], c['norm_eps'])})

    def forward(self, ids):
        x = self.transformer['wte'](ids)
        for block in self.transformer['h']:
            x = block(x)
        return self.lm_head(self.transformer['ln_f'](x))
