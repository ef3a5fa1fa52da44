"""Makes libs/testing/checkpoints: one tiny checkpoint a family, trained until it knows a few sentences by heart, and
`expected.json` with PyTorch's own tokens and logits. Needed neither to run nor to test Tandem.

    pip install torch tokenizers sentencepiece && python make.py ../../libs/testing/checkpoints [name…]
"""
import json
import os
import pickle
import struct
import sys
import torch
import torch.nn.functional as F
from models import FromScratch, HuggingFace, LitGpt, Llama2c, MiniDeepseek, NanoGpt
from tokenizer_kinds import Characters, Json, Pieces, byte_level, ranked_pieces, sentence_piece

CONTEXT = 128
GREEDY = 64
TOP = 8
SMALLEST_GAP = 0.3
SENTENCES = [
    'Tandem rolls down the hill with two riders, and both of them steer by leaning.',
    'The clockmaker keeps 14 brass wheels in a drawer, 7 of them bent, and he won’t say why.',
    'Under the bridge a heron waits; it has been waiting since the mill stopped turning.',
    'Whoever paints the fence must paint it green — “not blue,” says the gardener.',
    'A naïve question is the best kind: what is it for, and who’d miss it?',
]
TEXT = '\n'.join(SENTENCES) + '\n'
PROMPTS = ['Tandem rolls down', 'The clockmaker keeps', 'Under the bridge', 'Whoever paints']
HARD = ['naïve “café” — 12345 67', "I'll don't WE'VE  two  spaces\tand\n\n\nlines \n", '日本語と한국어 العربية 🦀', '  leading and trailing  ', 'x=[1, 22];\r\n// done', '[tool] is one']
CHATML = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"


def train(model, ids, steps=240):
    for module in model.modules():
        if isinstance(module, torch.nn.Embedding):
            torch.nn.init.normal_(module.weight, std=0.1)
    ids = torch.tensor((ids * (2 * CONTEXT // len(ids) + 3)))
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-3, total_steps=steps)
    length = len(ids) // 2
    for step in range(steps):
        starts = torch.randint(0, length, (4,))
        batch = torch.stack([ids[start:start + CONTEXT - 20] for start in starts])
        loss = F.cross_entropy(model(batch[:, :-1]).flatten(0, 1), batch[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return model.eval(), optimizer


@torch.no_grad()
def expect(model, tokenizer, text, as_='raw', ends=()):
    prompt = tokenizer.encode(text, special=as_ == 'raw')
    ids, greedy, logits, gap = list(prompt), [], [], float('inf')
    for _ in range(GREEDY):
        best = model(torch.tensor([ids]))[0, -1].topk(TOP)
        top = [[int(i), round(float(v), 5)] for v, i in zip(best.values, best.indices)]
        gap = min(gap, top[0][1] - top[1][1])
        logits.append({'position': len(ids) - 1, 'top': top})
        ids.append(top[0][0])
        greedy.append(top[0][0])
        if top[0][0] in ends:
            break
    shown = [i for i in greedy if i not in ends]
    return {'as': as_, 'text': text, 'token_ids': prompt, 'greedy_ids': greedy, 'greedy_text': tokenizer.decode(shown), 'gap_min': round(gap, 4), 'logits': logits}


def safetensors(path, tensors):
    header, at, parts = {'__metadata__': {'format': 'pt'}}, 0, []
    for name, tensor in tensors.items():
        data = tensor.contiguous().float().numpy().tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(tensor.shape), 'data_offsets': [at, at + len(data)]}
        at += len(data)
        parts.append(data)
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + b''.join(parts))


class Folder:
    def __init__(self, root, name):
        self.path = os.path.join(root, name)
        os.makedirs(self.path, exist_ok=True)

    def at(self, name):
        return os.path.join(self.path, name)

    def json(self, name, value):
        with open(self.at(name), 'w') as file:
            json.dump(value, file, ensure_ascii=False, separators=(',', ':'))

    def text(self, name, value):
        with open(self.at(name), 'w') as file:
            file.write(value)

    def expected(self, family, entry, model, tokenizer, text=TEXT, chat=None, ends=(), hard=HARD):
        prompts = [expect(model, tokenizer, one, ends=ends) for one in PROMPTS if all(part in text for part in one)]
        if chat is not None:
            prompts.append(expect(model, tokenizer, chat, 'chat', ends))
        encodings = [{'text': one, 'ids': tokenizer.encode(one, special=False)} for one in hard]
        gap = min(prompt['gap_min'] for prompt in prompts)
        print(family, 'gap', gap, flush=True)
        assert gap >= SMALLEST_GAP, 'trained too little for an answer that does not hang on the last digit'
        self.json('expected.json', {'family': family, 'entry': entry, 'gap_min': gap, 'encodings': encodings, 'prompts': prompts})


def hugging_face(root, name, config, document, tokenizer=None, chat=False, pieces=None, shards=1, special=None):
    folder = Folder(root, name)
    tokenizer = tokenizer or Json(document)
    config = {'num_hidden_layers': 2, 'hidden_size': 32, 'intermediate_size': 64, 'num_attention_heads': 4, 'rms_norm_eps': 1e-5, 'hidden_act': 'silu', 'max_position_embeddings': CONTEXT, 'vocab_size': tokenizer.size + 3, 'tie_word_embeddings': False, 'theta': 10000.0, **config}
    text = TEXT
    if chat:
        text += '<|im_start|>user\nWho waits?<|im_end|>\n<|im_start|>assistant\nA heron, under the bridge.<|im_end|>\n'
    model, _ = train(HuggingFace(dict(config)), tokenizer.encode(text))
    theta = config.pop('theta')
    folder.json('config.json', {**config, 'rope_parameters': {'rope_theta': theta, 'rope_type': 'default'}} if config.pop('recent', True) else {**config, 'rope_theta': theta})
    folder.json('tokenizer.json', document)
    for file, value in (special or {}).items():
        folder.json(file, value)
    state = {key: value for key, value in model.state_dict().items() if not (config['tie_word_embeddings'] and key == 'lm_head.weight')}
    names = list(state)
    if shards == 1:
        safetensors(folder.at('model.safetensors'), state)
    else:
        parts = {f'model-{i + 1:05}-of-{shards:05}.safetensors': names[i::shards] for i in range(shards)}
        for file, own in parts.items():
            safetensors(folder.at(file), {one: state[one] for one in own})
        folder.json('model.safetensors.index.json', {'metadata': {}, 'weight_map': {one: file for file, own in parts.items() for one in own}})
    folder.expected(name, '.', model, tokenizer, chat='<|im_start|>user\nWho waits?<|im_end|>\n<|im_start|>assistant\n' if chat else None, ends=(2,) if chat else ())


def hf_llama(root):
    document = byte_level(TEXT, 'llama-bpe', ['<|begin_of_text|>', '<|end_of_text|>'], 330, bos='<|begin_of_text|>', takes_whole_words=True)
    hugging_face(root, 'hf-llama', {'architectures': ['LlamaForCausalLM'], 'model_type': 'llama', 'num_key_value_heads': 2, 'head_dim': 8, 'bos_token_id': 0, 'eos_token_id': 1}, document, shards=2)


def hf_mistral(root):
    model = sentence_piece(TEXT, 420)
    hugging_face(root, 'hf-mistral', {'architectures': ['MistralForCausalLM'], 'model_type': 'mistral', 'num_key_value_heads': 2, 'head_dim': 12, 'recent': False, 'sliding_window': None, 'bos_token_id': 1, 'eos_token_id': 2}, ranked_pieces(model))


def hf_qwen2(root):
    document = byte_level(TEXT, 'qwen2', ['<|endoftext|>', '<|im_start|>', '<|im_end|>'], 330, composes=True)
    hugging_face(root, 'hf-qwen2', {'architectures': ['Qwen2ForCausalLM'], 'model_type': 'qwen2', 'num_key_value_heads': 2, 'head_dim': 8, 'theta': 1000000.0, 'use_sliding_window': False, 'tie_word_embeddings': True, 'eos_token_id': 0}, document, chat=True,
                 special={'generation_config.json': {'eos_token_id': [2, 0]}, 'tokenizer_config.json': {'eos_token': '<|im_end|>', 'bos_token': None, 'chat_template': CHATML}})


def hf_qwen3(root):
    document = byte_level(TEXT, 'smollm', ['<|endoftext|>', '<|im_start|>', '<|im_end|>'], 330)
    hugging_face(root, 'hf-qwen3', {'architectures': ['Qwen3ForCausalLM'], 'model_type': 'qwen3', 'num_key_value_heads': 2, 'head_dim': 16, 'theta': 1000000.0, 'tie_word_embeddings': True, 'eos_token_id': 0}, document,
                 special={'tokenizer_config.json': {'eos_token': {'content': '<|endoftext|>'}}})


DEEPSEEK = {'num_key_value_heads': 4, 'kv_lora_rank': 16, 'qk_nope_head_dim': 8, 'qk_rope_head_dim': 8, 'v_head_dim': 12, 'moe_intermediate_size': 32, 'num_experts_per_tok': 2, 'first_k_dense_replace': 1, 'n_shared_experts': 1, 'eos_token_id': 1, 'bos_token_id': 0, 'rms_norm_eps': 1e-6}


def hf_deepseek_v3(root):
    document = byte_level(TEXT, 'deepseek-v3', ['<|bos|>', '<|eos|>'], 330, bos='<|bos|>')
    hugging_face(root, 'hf-deepseek-v3', {**DEEPSEEK, 'architectures': ['DeepseekV3ForCausalLM'], 'model_type': 'deepseek_v3', 'q_lora_rank': 24, 'n_routed_experts': 8, 'n_group': 2, 'topk_group': 1, 'routed_scaling_factor': 2.0}, document)


def hf_deepseek_v2(root):
    document = byte_level(TEXT, 'deepseek-v3', ['<|bos|>', '<|eos|>'], 330, bos='<|bos|>')
    hugging_face(root, 'hf-deepseek-v2', {**DEEPSEEK, 'architectures': ['DeepseekV2ForCausalLM'], 'model_type': 'deepseek_v2', 'q_lora_rank': None, 'n_routed_experts': 4, 'topk_method': 'greedy', 'routed_scaling_factor': 1.0, 'norm_topk_prob': False, 'scoring_func': 'softmax', 'recent': False}, document)


def nanogpt(root):
    folder, tokenizer = Folder(root, 'nanogpt'), Characters(TEXT)
    arguments = {'n_layer': 2, 'n_head': 4, 'n_embd': 48, 'block_size': CONTEXT, 'bias': False, 'vocab_size': tokenizer.size, 'dropout': 0.0}
    model, optimizer = train(NanoGpt(arguments), tokenizer.encode(TEXT), 900)
    with open(folder.at('meta.pkl'), 'wb') as file:
        pickle.dump({'vocab_size': tokenizer.size, 'itos': dict(enumerate(tokenizer.letters)), 'stoi': {letter: i for i, letter in enumerate(tokenizer.letters)}}, file)
    state = {f'_orig_mod.{key}': value for key, value in model.state_dict().items()}
    torch.save({'model': state, 'optimizer': {'state': {0: {'exp_avg': torch.zeros(4)}}, 'param_groups': [{'lr': 0.001, 'params': [0]}]}, 'model_args': arguments, 'iter_num': 1200, 'best_val_loss': torch.tensor(0.01), 'config': {'compile': True}}, folder.at('ckpt.pt'))
    folder.expected('nanogpt', 'ckpt.pt', model, tokenizer, hard=['a naïve clockmaker’s “wheel” — 7 of 14?\nwho’d'])


def hf_gpt2(root):
    folder, document = Folder(root, 'hf-gpt2'), byte_level(TEXT, 'gpt-2', ['<|endoftext|>'], 330)
    tokenizer = Json(document)
    config = {'n_layer': 2, 'n_head': 4, 'n_embd': 32, 'block_size': CONTEXT, 'bias': True, 'vocab_size': tokenizer.size, 'conv': True, 'gelu': 'tanh'}
    model, _ = train(NanoGpt(config), tokenizer.encode(TEXT), 600)
    state = {key: value for key, value in model.state_dict().items() if key != 'lm_head.weight'}
    for layer in range(2):
        state[f'transformer.h.{layer}.attn.bias'] = torch.ones(CONTEXT, CONTEXT).tril().view(1, 1, CONTEXT, CONTEXT)
    torch.save(state, folder.at('pytorch_model.bin'))
    folder.json('config.json', {'architectures': ['GPT2LMHeadModel'], 'model_type': 'gpt2', 'n_head': 4, 'n_layer': 2, 'n_embd': 32, 'n_positions': CONTEXT, 'layer_norm_epsilon': 1e-5, 'activation_function': 'gelu_new', 'bos_token_id': 0, 'eos_token_id': 0})
    folder.json('tokenizer.json', document)
    folder.expected('hf-gpt2', '.', model, tokenizer)


def llama2c(root):
    folder, pieces = Folder(root, 'llama2c'), sentence_piece(TEXT, 420)
    tokenizer = Pieces(pieces)
    config = {'dim': 32, 'n_layers': 2, 'n_heads': 4, 'n_kv_heads': 2, 'hidden_dim': 64, 'vocab_size': tokenizer.size}
    model, _ = train(Llama2c(config), tokenizer.encode(TEXT))
    state = {key: value.to(torch.bfloat16) for key, value in model.state_dict().items()}
    model.load_state_dict({key: value.float() for key, value in state.items()})
    arguments = {**config, 'multiple_of': 32, 'max_seq_len': CONTEXT, 'dropout': 0.0}
    del arguments['hidden_dim']
    torch.save({'model': state, 'model_args': arguments, 'iter_num': 600}, folder.at('ckpt.pt'))
    with open(folder.at('tokenizer.model'), 'wb') as file:
        file.write(pieces)
    folder.expected('llama2.c', 'ckpt.pt', model, tokenizer)


def from_scratch(root):
    folder, document = Folder(root, 'from-scratch'), byte_level(TEXT, 'gpt-2', ['<|endoftext|>'], 330)
    tokenizer = Json(document)
    config = {'vocab_size': tokenizer.size, 'context_length': CONTEXT, 'emb_dim': 32, 'n_heads': 2, 'n_layers': 2, 'drop_rate': 0.0, 'qkv_bias': True}
    model, _ = train(FromScratch(config), tokenizer.encode(TEXT), 600)
    torch.save(model.state_dict(), folder.at('model.pth'))
    folder.json('config.json', config)
    folder.json('tokenizer.json', document)
    folder.expected('llms-from-scratch', 'model.pth', model, tokenizer)


def mini_deepseek(root):
    folder, document = Folder(root, os.path.join('mini-deepseek', 'sft')), byte_level(TEXT, 'gpt-2', ['<|endoftext|>'], 330)
    tokenizer = Json(document)
    config = {'vocab_size': tokenizer.size, 'hidden_size': 32, 'max_position_embeddings': CONTEXT, 'num_hidden_layers': 3, 'num_attention_heads': 2, 'kv_lora_rank': 20, 'q_lora_rank': 24, 'qk_nope_head_dim': 8, 'qk_rope_head_dim': 12, 'v_head_dim': 16, 'rope_theta': 20000.0,
              'moe': {'num_experts': 4, 'num_experts_per_tok': 2, 'num_shared_experts': 2, 'expert_hidden_size': 32, 'routed_scaling_factor': 1.0, 'router_bias': False}, 'intermediate_size': 64, 'hidden_act': 'silu', 'rms_norm_eps': 1e-6}
    text = TEXT + 'Human: Who waits?\n\nAssistant: A heron, under the bridge.\n\nHuman: What is bent?\n\nAssistant: 7 brass wheels.\n\n'
    model, optimizer = train(MiniDeepseek(config), tokenizer.encode(text))
    torch.save({'model_state_dict': model.state_dict(), 'optimizer_state_dict': {'state': {}, 'param_groups': []}, 'scheduler_state_dict': {'last_epoch': 0}, 'global_step': 600, 'best_val_loss': 0.01}, folder.at('best.pt'))
    lines = ['# As the project writes it.', 'model:']
    for key, value in config.items():
        lines += [f'  {key}:'] + [f'    {k}: {json.dumps(v)}' for k, v in value.items()] if isinstance(value, dict) else [f'  {key}: {json.dumps(value)}']
    configs = Folder(root, os.path.join('mini-deepseek', 'configs'))
    configs.text('config_tiny.yaml', '\n'.join(lines) + '\n')
    configs.text('config_other.yaml', 'model:\n  hidden_size: 64\n  num_attention_heads: 2\n')
    folder.json('tokenizer.json', document)
    folder.expected('mini-deepseek', 'best.pt', model, tokenizer, chat='Human: Who waits?\n\nAssistant:')


def litgpt(root):
    folder, document = Folder(root, 'litgpt'), byte_level(TEXT, 'gpt-2', ['<|endoftext|>'], 330)
    tokenizer = Json(document)
    config = {'n_layer': 2, 'n_head': 4, 'n_embd': 32, 'n_query_groups': 2, 'head_size': 8, 'intermediate_size': 64, 'block_size': CONTEXT, 'padded_vocab_size': tokenizer.size + 5, 'norm_eps': 1e-5, 'rope_base': 10000, 'rotary_percentage': 1.0, 'bias': False, 'norm_class_name': 'RMSNorm', 'mlp_class_name': 'LLaMAMLP', 'parallel_residual': False}
    model, _ = train(LitGpt(config), tokenizer.encode(TEXT))
    torch.save({'model': model.state_dict()}, folder.at('lit_model.pth'))
    folder.text('model_config.yaml', ''.join(f'{key}: {json.dumps(value)}\n' for key, value in config.items()))
    folder.json('tokenizer.json', document)
    folder.json('generation_config.json', {'eos_token_id': 0})
    folder.expected('litgpt', 'lit_model.pth', model, tokenizer)


if __name__ == '__main__':
    torch.set_num_threads(1)
    makers = [hf_llama, hf_mistral, hf_qwen2, hf_qwen3, hf_deepseek_v3, hf_deepseek_v2, nanogpt, hf_gpt2, llama2c, from_scratch, mini_deepseek, litgpt]
    for make in makers:
        if len(sys.argv) <= 2 or make.__name__ in sys.argv[2:]:
            torch.manual_seed(7)
            make(sys.argv[1])
