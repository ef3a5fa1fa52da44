import { pickledDictionary, pickledInteger, pickledName, pickledObject } from '@tandem/testing';
import { CheckpointCopies, weight, type WeightsByName } from '../testing/checkpoint-copies';
import { plannedCheckpoints, plannedFixtures, turned } from '../testing/planned-checkpoints';
import { headsFor } from './gpt2-heads';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();
const zeros = (count: number): number[][] => [Array.from({ length: count }, () => 0)];

describe('GPT-2 in llama.cpp’s graph', () => {
  it.each([
    ['transformer.wpe.weight', 'position_embd.weight'],
    ['transformer.ln_f.weight', 'output_norm.weight'],
    ['transformer.h.1.ln_1.weight', 'blk.1.attn_norm.weight'],
    ['transformer.h.1.attn.c_attn.weight', 'blk.1.attn_qkv.weight'],
    ['transformer.h.1.attn.c_proj.weight', 'blk.1.attn_output.weight'],
    ['transformer.h.1.ln_2.weight', 'blk.1.ffn_norm.weight'],
    ['transformer.h.1.mlp.c_fc.weight', 'blk.1.ffn_up.weight'],
    ['transformer.h.1.mlp.c_proj.weight', 'blk.1.ffn_down.weight'],
  ])('nanoGPT’s %s becomes %s as it is', (from, to) => {
    const { planned, source } = fixture('nanogpt');
    expect(planned(to)).toEqual(source(from));
  });

  it.each(['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj'])('Hugging Face’s %s is turned, which lies the other way round there', (part) => {
    const to = { 'attn.c_attn': 'attn_qkv', 'attn.c_proj': 'attn_output', 'mlp.c_fc': 'ffn_up', 'mlp.c_proj': 'ffn_down' }[part] ?? '';
    const { planned, source } = fixture('hf-gpt2');
    expect(planned(`blk.0.${to}.weight`)).toEqual(turned(source(`transformer.h.0.${part}.weight`)));
    expect(planned(`blk.0.${to}.bias`)).toEqual(source(`transformer.h.0.${part}.bias`));
  });

  it('gets biases of zero where the model has none', () => {
    const { planned, names } = fixture('nanogpt');
    expect(planned('blk.0.attn_qkv.bias')).toEqual(zeros(144));
    expect(planned('output_norm.bias')).toEqual(zeros(48));
    expect(names.filter((name) => name.endsWith('.bias'))).toHaveLength(2 * 6 + 1);
  });

  it('has a token for the end of a text that characters lack: its row is the mean of the others, which never wins', () => {
    const { planned, source, model } = fixture('nanogpt');
    const own = source('transformer.wte.weight');
    const embedding = planned('token_embd.weight');
    expect(embedding.slice(0, -1)).toEqual(own);
    const column = own.map(([first = NaN]) => first);
    expect(embedding.at(-1)?.[0]).toBeCloseTo(column.reduce((sum, value) => sum + value, 0) / own.length);
    expect(model.tokenizer.load().tokens).toHaveLength(embedding.length);
  });

  it('is written without the head that nanoGPT and Hugging Face tie to the embedding', () => {
    for (const name of ['nanogpt', 'hf-gpt2'] as const) expect(fixture(name).names).not.toContain('output.weight');
  });

  it('keeps positions in 32 bits whatever is asked for', () => {
    const { of } = fixture('nanogpt', 'f16');
    expect([of('position_embd.weight').type, of('token_embd.weight').type]).toEqual(['f32', 'f16']);
  });

  it('says the heads that no weight tells: from model_args, or from config.json', () => {
    const [nano, face] = [fixture('nanogpt'), fixture('hf-gpt2')];
    expect([nano.says('gpt2.attention.head_count'), face.says('gpt2.attention.head_count')]).toEqual([4, 4]);
    expect([...nano.model.assumptions, ...face.model.assumptions]).toEqual([]);
  });

  describe('from changed files', () => {
    const nothing = (): void => undefined;
    function saved(extras: Parameters<CheckpointCopies['weights']>[2], change: (weights: WeightsByName) => void = nothing) {
      const folder = copies.copy('nanogpt');
      copies.weights(`${folder}/ckpt.pt`, change, extras ?? {});
      return plan(`${folder}/ckpt.pt`, copies.root);
    }

    it('is minGPT’s where no model_args are kept, whose configuration is an object', () => {
      const config = pickledObject(pickledName('mingpt.utils', 'CfgNode'), { n_head: pickledInteger(6) });
      const { model, says } = saved({ config });
      expect([model.family, says('gpt2.attention.head_count')]).toEqual(['mingpt', 6]);
      expect(saved({ model_args: pickledDictionary({ n_head: pickledInteger(4) }) }).model.family).toBe('nanogpt');
    });

    it('assumes the heads that models of its width have where nothing says them, and says so', () => {
      expect(saved({}).model.assumptions).toEqual(['3 attention heads of 16, as models of width 48 usually have: no configuration says it']);
    });

    it('passes over the masks that its code computes again', () => {
      expect(() =>
        saved({}, (weights) => {
          weights.set('transformer.h.0.attn.bias', weight([1, 1, 128, 128]));
          weights.set('transformer.h.0.attn.masked_bias', weight([1]));
        }),
      ).not.toThrow();
    });

    it('writes a head of its own where it has one', () => {
      const { planned } = saved({}, (weights) => weights.set('lm_head.weight', weight(weights.get('transformer.wte.weight')?.shape ?? [], 2)));
      expect(new Set(planned('output.weight').flat())).toEqual(new Set([2]));
    });

    it.each([
      [{ activation_function: 'relu' }, 'activation_function relu'],
      [{ scale_attn_weights: false }, 'scale_attn_weights'],
      [{ add_cross_attention: true, activation_function: 'silu' }, 'activation_function silu, add_cross_attention'],
    ])('is refused where config.json asks for what the graph does not do: %j', (changes, forms) => {
      const folder = copies.copy('hf-gpt2');
      copies.json(folder, 'config.json', changes);
      expect(() => plan(folder, copies.root)).toThrow(`llama.cpp’s GPT-2 does not do what config.json asks for: ${forms}.`);
    });
  });
});

describe('the number of heads', () => {
  it.each([
    [768, 12],
    [1024, 16],
    [1280, 20],
    [1600, 25],
  ])('of a width of %i is what GPT-2 has: %i', (hidden, heads) => {
    expect(headsFor(hidden, undefined).heads).toBe(heads);
  });

  it('is asked for where no model is known of that width', () => {
    expect(() => headsFor(100, undefined)).toThrow(
      'Nothing says how many attention heads the model has: put a config.json with n_head (or n_heads) beside the checkpoint.',
    );
  });

  it.each([0, 2.5, 7])('is refused where %s heads do not divide the width', (heads) => {
    expect(() => headsFor(48, heads)).toThrow(`${heads} attention heads do not divide a width of 48.`);
  });
});
