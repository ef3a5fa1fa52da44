import { CheckpointCopies, weight } from '../testing/checkpoint-copies';
import { pick, plannedCheckpoints, plannedFixtures } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();

/** Where the rows of a head of 8 come from: its first half takes turns with its second. */
const TURNS = [0, 4, 1, 5, 2, 6, 3, 7];

describe('Llama, Mistral, Qwen2 and Qwen3 of Hugging Face', () => {
  it.each([
    ['model.embed_tokens.weight', 'token_embd.weight'],
    ['model.norm.weight', 'output_norm.weight'],
    ['lm_head.weight', 'output.weight'],
    ['model.layers.1.input_layernorm.weight', 'blk.1.attn_norm.weight'],
    ['model.layers.1.self_attn.v_proj.weight', 'blk.1.attn_v.weight'],
    ['model.layers.1.self_attn.o_proj.weight', 'blk.1.attn_output.weight'],
    ['model.layers.1.post_attention_layernorm.weight', 'blk.1.ffn_norm.weight'],
    ['model.layers.1.mlp.gate_proj.weight', 'blk.1.ffn_gate.weight'],
    ['model.layers.1.mlp.up_proj.weight', 'blk.1.ffn_up.weight'],
    ['model.layers.1.mlp.down_proj.weight', 'blk.1.ffn_down.weight'],
  ])('%s becomes %s as it is', (from, to) => {
    const { planned, source } = fixture('hf-llama');
    expect(planned(to)).toEqual(source(from));
  });

  it('turns queries and keys from halves to pairs for llama.cpp’s llama graph', () => {
    const { planned, source } = fixture('hf-llama');
    const [queries, keys] = [source('model.layers.0.self_attn.q_proj.weight'), source('model.layers.0.self_attn.k_proj.weight')];
    expect(planned('blk.0.attn_q.weight').slice(8, 16)).toEqual(pick(queries.slice(8, 16), ...TURNS));
    expect(planned('blk.0.attn_k.weight').slice(8, 16)).toEqual(pick(keys.slice(8, 16), ...TURNS));
  });

  it.each(['hf-qwen2', 'hf-qwen3'] as const)('leaves them in halves for the graph of %s', (name) => {
    const { planned, source } = fixture(name);
    expect(planned('blk.0.attn_q.weight')).toEqual(source('model.layers.0.self_attn.q_proj.weight'));
    expect(planned('blk.0.attn_k.weight')).toEqual(source('model.layers.0.self_attn.k_proj.weight'));
  });

  it('keeps the biases of Qwen2’s queries, keys and values', () => {
    const { planned, source } = fixture('hf-qwen2');
    for (const [short, long] of [
      ['q', 'q_proj'],
      ['k', 'k_proj'],
      ['v', 'v_proj'],
    ])
      expect(planned(`blk.1.attn_${short}.bias`)).toEqual(source(`model.layers.1.self_attn.${long}.bias`));
  });

  it('keeps Qwen3’s norms of queries and keys, one for all heads', () => {
    const { planned, source, of } = fixture('hf-qwen3');
    expect(planned('blk.1.attn_q_norm.weight')).toEqual(source('model.layers.1.self_attn.q_norm.weight'));
    expect(planned('blk.1.attn_k_norm.weight')).toEqual(source('model.layers.1.self_attn.k_norm.weight'));
    expect(of('blk.1.attn_q_norm.weight').shape).toEqual([16]);
  });

  it('writes no head where the embedding is it', () => {
    expect(fixture('hf-qwen2').names).not.toContain('output.weight');
  });

  it('says the sizes that the weights have and those that config.json alone tells', () => {
    const { says, model } = fixture('hf-mistral');
    expect(model.family).toBe('hf-mistral');
    const numbers = ['context_length', 'embedding_length', 'block_count', 'feed_forward_length', 'attention.head_count', 'attention.head_count_kv'];
    expect(numbers.map((key) => says(`llama.${key}`))).toEqual([128, 32, 2, 64, 4, 2]);
    // Heads of 12, which are no share of a width of 32.
    expect(['attention.key_length', 'attention.value_length', 'rope.dimension_count'].map((key) => says(`llama.${key}`))).toEqual([12, 12, 12]);
    expect([says('llama.rope.freq_base'), says('llama.attention.layer_norm_rms_epsilon')]).toEqual([10_000, 1e-5]);
  });

  it('reads the rotary base where transformers 5 writes it', () => {
    expect(fixture('hf-qwen3').says('qwen3.rope.freq_base')).toBe(1_000_000);
  });

  describe('whose files were changed', () => {
    function changed(name: 'hf-llama' | 'hf-qwen2' | 'hf-qwen3' | 'hf-mistral', config: object, change?: Parameters<CheckpointCopies['weights']>[1]) {
      const folder = copies.copy(name);
      copies.json(folder, 'config.json', config);
      if (change !== undefined) copies.weights(folder, change);
      return plan(folder, copies.root);
    }

    it.each(['hf-llama', 'hf-qwen2', 'hf-qwen3'] as const)('is told apart by the type where no architecture is named: %s', (name) => {
      expect(changed(name, { architectures: undefined }).model.family).toBe(name);
    });

    it.each(['hf-llama', 'hf-qwen2', 'hf-qwen3'] as const)('is told apart by its norms and biases where nothing is named at all: %s', (name) => {
      expect(changed(name, { architectures: undefined, model_type: undefined }).model.family).toBe(name);
    });

    it('takes the head for the embedding again where both hold the same', () => {
      const { names, parameters } = changed('hf-llama', {}, (weights) => {
        const embedding = weights.get('model.embed_tokens.weight');
        if (embedding !== undefined) weights.set('lm_head.weight', embedding);
      });
      expect(names).not.toContain('output.weight');
      expect(parameters).toBe(fixture('hf-llama').parameters - 334 * 32);
    });

    it('passes over a head beside an embedding that config.json calls tied', () => {
      const { names } = changed('hf-qwen3', {}, (weights) => weights.set('lm_head.weight', weight([334, 32], 9)));
      expect(names).not.toContain('output.weight');
    });

    it('passes over tables that older releases saved', () => {
      expect(() => changed('hf-llama', {}, (weights) => weights.set('model.layers.0.self_attn.rotary_emb.inv_freq', weight([4])))).not.toThrow();
    });

    it('refuses every other weight that it has no place for', () => {
      expect(() => changed('hf-llama', {}, (weights) => weights.set('model.layers.0.self_attn.q_norm.weight', weight([8])))).toThrow(
        'The checkpoint holds weights that this family of models does not have (model.layers.0.self_attn.q_norm.weight); left out, they would make it another model.',
      );
    });

    it('computes a Qwen2 whose heads are no share of its width as a llama, which takes biases too', () => {
      const { model, planned, source } = changed('hf-qwen2', { head_dim: 4, num_key_value_heads: 2 }, (weights) => {
        for (const [name, one] of [...weights]) {
          const shape = /[qkv]_proj\./.test(name) ? [(one.shape[0] ?? 0) / 2, ...one.shape.slice(1)] : name.includes('o_proj') ? [32, 16] : one.shape;
          weights.set(name, {
            shape,
            values: one.values.slice(
              0,
              shape.reduce((product, size) => product * size, 1),
            ),
          });
        }
      });
      expect([model.family, model.metadata.architecture]).toEqual(['hf-qwen2', 'llama']);
      const [bias = []] = source('model.layers.0.self_attn.q_proj.bias');
      expect(planned('blk.0.attn_q.bias')[0]?.slice(4, 8)).toEqual(pick(bias, 4, 6, 5, 7));
    });

    it('takes as many heads of keys as of queries where config.json does not say it', () => {
      expect(() => changed('hf-llama', { num_key_value_heads: undefined })).toThrow(
        'model.layers.0.self_attn.k_proj.weight is 16×32 where 32×32 belongs: the configuration and the weights do not fit together.',
      );
    });

    it.each(['num_attention_heads', 'num_hidden_layers', 'max_position_embeddings'])('is refused, and nothing guessed, without %s', (name) => {
      expect(() => changed('hf-llama', { [name]: undefined })).toThrow(`config.json does not say ${name}.`);
    });

    it('reaches as far as a window of attention, and says so', () => {
      const { model, says } = changed('hf-mistral', { sliding_window: 96 });
      expect(model.assumptions).toEqual(['context 96 instead of 128: only as far as its attention reaches (sliding_window)']);
      expect(says('llama.context_length')).toBe(96);
      expect(changed('hf-qwen2', { sliding_window: 96, use_sliding_window: false }).model.assumptions).toEqual([]);
    });

    it('writes the frequencies that Llama 3.1 slows down', () => {
      const rope = { rope_type: 'llama3', rope_theta: 10_000, factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 64 };
      const [factors = []] = changed('hf-llama', { rope_parameters: rope }).planned('rope_freqs.weight');
      // Waves of 6, 63, 628 and 6283 positions, over a context of 64.
      expect([factors[0], factors[2], factors[3]]).toEqual([1, 8, 8]);
      expect(factors[1]).toBeGreaterThan(7);
    });
  });
});
