import { pickledDictionary, pickledInteger } from '@tandem/testing';
import { CheckpointCopies, type WeightsByName, weight } from '../testing/checkpoint-copies';
import { plannedCheckpoints, plannedFixtures } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();

describe('llama2.c and Meta’s own Llama', () => {
  it.each([
    ['tok_embeddings.weight', 'token_embd.weight'],
    ['norm.weight', 'output_norm.weight'],
    ['layers.1.attention_norm.weight', 'blk.1.attn_norm.weight'],
    ['layers.1.attention.wq.weight', 'blk.1.attn_q.weight'],
    ['layers.1.attention.wk.weight', 'blk.1.attn_k.weight'],
    ['layers.1.attention.wv.weight', 'blk.1.attn_v.weight'],
    ['layers.1.attention.wo.weight', 'blk.1.attn_output.weight'],
    ['layers.1.ffn_norm.weight', 'blk.1.ffn_norm.weight'],
    ['layers.1.feed_forward.w1.weight', 'blk.1.ffn_gate.weight'],
    ['layers.1.feed_forward.w2.weight', 'blk.1.ffn_down.weight'],
    ['layers.1.feed_forward.w3.weight', 'blk.1.ffn_up.weight'],
  ])('%s becomes %s as it is: no rows change places', (from, to) => {
    const { planned, source } = fixture('llama2c');
    expect(planned(to)).toEqual(source(from));
  });

  it('keeps weights of 16 bits as they are, unless 32 are asked for', () => {
    expect(fixture('llama2c', 'f16').of('blk.0.attn_q.weight').type).toBe('bf16');
    expect(fixture('llama2c', 'f32').of('blk.0.attn_q.weight').type).toBe('f32');
  });

  it('ends an answer of llama2.c where the next text would begin, which is all that it was taught', () => {
    const { tokenizer } = fixture('llama2c').model;
    const { bos, ends } = tokenizer.load();
    expect([bos, ends]).toEqual([1, [2, 1]]);
  });

  describe('whose files were changed', () => {
    const nothing = (): void => undefined;
    /** Meta's: weights without `model_args`, and params.json beside them. */
    function released(params: object | null, change: (weights: WeightsByName) => void = nothing) {
      const folder = copies.copy('llama2c');
      copies.weights(`${folder}/ckpt.pt`, change);
      if (params !== null) copies.write('llama2c/params.json', JSON.stringify(params));
      return plan(`${folder}/ckpt.pt`, copies.root);
    }
    const PARAMS = { n_heads: 4, n_kv_heads: 2, norm_eps: 1e-5 };

    it('is Meta’s with params.json, and then ends with the end token alone', () => {
      const { model, says } = released(PARAMS);
      expect(model.family).toBe('meta-llama');
      expect(model.tokenizer.load().ends).toEqual([2]);
      expect([says('llama.attention.head_count'), says('llama.attention.head_count_kv')]).toEqual([4, 2]);
    });

    it.each([
      ['of the second generation', {}, 4_096],
      ['of the third, known by its rotary base,', { rope_theta: 500_000 }, 8_192],
    ])('assumes the context %s, which params.json never says', (_title, more, context) => {
      const { model } = released({ ...PARAMS, ...more });
      expect([model.contextLength, model.assumptions]).toEqual([context, [`context ${context}: params.json does not say it`]]);
    });

    it('takes as many heads of keys as of queries where nothing else is said', () => {
      expect(() => released({ n_heads: 4 })).toThrow('layers.0.attention.wk.weight is 16×32 where 32×32 belongs');
    });

    it('takes Llama 3.1’s slowed frequencies where params.json says use_scaled_rope', () => {
      const [factors = []] = released({ ...PARAMS, use_scaled_rope: true, rope_theta: 500_000 }).planned('rope_freqs.weight');
      expect(factors).toHaveLength(4);
      expect(released({ ...PARAMS, rope_theta: 500_000 }).names).not.toContain('rope_freqs.weight');
    });

    it('passes over tables of its positions', () => {
      expect(() => released(PARAMS, (weights) => ['rope.freqs', 'freqs_cos', 'freqs_sin'].forEach((name) => weights.set(name, weight([4]))))).not.toThrow();
    });

    it('is refused without params.json', () => {
      expect(() => released(null)).toThrow('Put the model’s params.json beside it: its weights do not tell how many attention heads it has.');
    });

    it('is refused where its arguments do not say the heads', () => {
      const folder = copies.copy('llama2c');
      copies.weights(`${folder}/ckpt.pt`, nothing, { model_args: pickledDictionary({ dim: pickledInteger(32) }) });
      expect(() => plan(`${folder}/ckpt.pt`, copies.root)).toThrow('The model’s arguments do not say how many attention heads it has (n_heads).');
    });
  });
});
