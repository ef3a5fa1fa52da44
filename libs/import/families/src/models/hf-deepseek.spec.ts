import { CheckpointCopies, weight } from '../testing/checkpoint-copies';
import { type PlannedCheckpoint, plannedCheckpoints, plannedFixtures, turned } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();

const FROM = 'model.layers.1';
/** Of both fixtures: 4 heads, a latent of 16, 8 plain and 8 rotary rows for each key, 12 for each value. */
const [HEADS, LATENT, NOPE, VALUE] = [4, 16, 8, 12];

describe('DeepSeek V2 and V3 of Hugging Face', () => {
  it.each([
    ['lm_head.weight', 'output.weight'],
    [`${FROM}.self_attn.q_a_proj.weight`, 'blk.1.attn_q_a.weight'],
    [`${FROM}.self_attn.q_a_layernorm.weight`, 'blk.1.attn_q_a_norm.weight'],
    [`${FROM}.self_attn.q_b_proj.weight`, 'blk.1.attn_q_b.weight'],
    [`${FROM}.self_attn.kv_a_proj_with_mqa.weight`, 'blk.1.attn_kv_a_mqa.weight'],
    [`${FROM}.self_attn.kv_a_layernorm.weight`, 'blk.1.attn_kv_a_norm.weight'],
    [`${FROM}.self_attn.o_proj.weight`, 'blk.1.attn_output.weight'],
    [`${FROM}.mlp.gate.weight`, 'blk.1.ffn_gate_inp.weight'],
    [`${FROM}.mlp.gate.e_score_correction_bias`, 'blk.1.exp_probs_b.bias'],
    [`${FROM}.mlp.shared_experts.down_proj.weight`, 'blk.1.ffn_down_shexp.weight'],
    ['model.layers.0.mlp.gate_proj.weight', 'blk.0.ffn_gate.weight'],
  ])('%s becomes %s as it is', (from, to) => {
    const { planned, source } = fixture('hf-deepseek-v3');
    expect(planned(to)).toEqual(source(from));
  });

  it('splits what keys and values are made of by heads, and turns the part of the keys', () => {
    const { planned, source, of } = fixture('hf-deepseek-v3');
    const both = source(`${FROM}.self_attn.kv_b_proj.weight`);
    expect(of('blk.1.attn_k_b.weight').shape).toEqual([HEADS, LATENT, NOPE]);
    expect(of('blk.1.attn_v_b.weight').shape).toEqual([HEADS, VALUE, LATENT]);
    for (let head = 0; head < HEADS; head++) {
      const own = both.slice(head * (NOPE + VALUE), (head + 1) * (NOPE + VALUE));
      expect(planned('blk.1.attn_k_b.weight').slice(head * LATENT, (head + 1) * LATENT)).toEqual(turned(own.slice(0, NOPE)));
      expect(planned('blk.1.attn_v_b.weight').slice(head * VALUE, (head + 1) * VALUE)).toEqual(own.slice(NOPE));
    }
  });

  it('keeps these, the router and norms in 32 bits whatever is asked for', () => {
    const { of } = fixture('hf-deepseek-v3', 'f16');
    for (const part of ['attn_k_b.weight', 'attn_v_b.weight', 'ffn_gate_inp.weight', 'exp_probs_b.bias', 'attn_norm.weight'])
      expect(of(`blk.1.${part}`).type).toBe('f32');
    expect(of('blk.1.attn_q_b.weight').type).toBe('f16');
  });

  it('puts all experts of a layer into one tensor', () => {
    const { planned, source, of } = fixture('hf-deepseek-v3');
    expect(of('blk.1.ffn_up_exps.weight').shape).toEqual([8, 32, 32]);
    expect(planned('blk.1.ffn_up_exps.weight').slice(5 * 32, 6 * 32)).toEqual(source(`${FROM}.mlp.experts.5.up_proj.weight`));
  });

  it('has one matrix for queries that are not compressed, as those of a small V2', () => {
    const { planned, source, names, says } = fixture('hf-deepseek-v2');
    expect(planned('blk.0.attn_q.weight')).toEqual(source('model.layers.0.self_attn.q_proj.weight'));
    expect(names.filter((name) => name.includes('attn_q_'))).toEqual([]);
    expect(says('deepseek2.attention.q_lora_rank')).toBe(0);
  });

  it('is one head of keys for all, as long as the latent and the rotary part', () => {
    const { says } = fixture('hf-deepseek-v3');
    const lengths = ['head_count_kv', 'key_length', 'value_length', 'key_length_mla', 'value_length_mla', 'kv_lora_rank', 'q_lora_rank'];
    expect(lengths.map((key) => says(`deepseek2.attention.${key}`))).toEqual([1, 24, 16, 16, 12, 16, 24]);
    expect(says('deepseek2.rope.dimension_count')).toBe(8);
  });

  it('scores the experts of a V3 one by one, and normalises and groups them, though transformers 5 writes none of it', () => {
    const { says } = fixture('hf-deepseek-v3');
    expect(['gating_func', 'weights_norm', 'weights_scale', 'group_count', 'group_used_count'].map((key) => says(`deepseek2.expert_${key}`))).toEqual([
      2,
      true,
      2,
      2,
      1,
    ]);
  });

  it('scores those of a V2 against each other', () => {
    const { says } = fixture('hf-deepseek-v2');
    expect(['gating_func', 'weights_norm', 'group_count'].map((key) => says(`deepseek2.expert_${key}`))).toEqual([1, false, undefined]);
  });

  describe('whose files were changed', () => {
    function changed(name: 'hf-deepseek-v2' | 'hf-deepseek-v3', config: object, change?: Parameters<CheckpointCopies['weights']>[1]): PlannedCheckpoint {
      const folder = copies.copy(name);
      copies.json(folder, 'config.json', config);
      if (change !== undefined) copies.weights(folder, change);
      return plan(folder, copies.root);
    }

    it('drops the layers behind the last one, which guess further tokens', () => {
      const { names } = changed('hf-deepseek-v3', {}, (weights) => weights.set('model.layers.2.eh_proj.weight', weight([32, 64])));
      expect(names.filter((name) => name.startsWith('blk.2.'))).toEqual([]);
    });

    it('gets a shared expert of zeros where it has none', () => {
      const { planned } = changed('hf-deepseek-v3', { n_shared_experts: 0 }, (weights) => {
        for (const name of [...weights.keys()]) if (name.includes('shared_experts')) weights.delete(name);
      });
      for (const part of ['gate', 'up', 'down']) expect(new Set(planned(`blk.1.ffn_${part}_shexp.weight`).flat())).toEqual(new Set([0]));
    });

    it('is computed over all experts where its first layers are not dense', () => {
      expect(() => changed('hf-deepseek-v3', { first_k_dense_replace: 0 })).toThrow('The checkpoint lacks model.layers.0.mlp.gate.weight.');
    });

    it.each([26, 27])('is refused with %i layers and compressed queries, which llama.cpp takes for the lite model', (layers) => {
      expect(() => changed('hf-deepseek-v3', { num_hidden_layers: layers })).toThrow(
        `llama.cpp takes a DeepSeek of ${layers} layers for one that does not compress its queries (q_lora_rank), and this one does.`,
      );
    });

    it.each([
      ['neither V2 nor V3', { architectures: ['DeepseekForCausalLM'] }, 'Tandem converts DeepSeek-V2 and V3, and config.json says DeepseekForCausalLM.'],
      ['biases in its attention', { attention_bias: true }, 'llama.cpp’s graph for DeepSeek does not have attention_bias (config.json).'],
      ['experts in every other layer', { moe_layer_freq: 2 }, 'llama.cpp’s graph for DeepSeek does not have moe_layer_freq (config.json).'],
      [
        'positions stretched as Llama 3’s',
        { rope_parameters: { rope_type: 'llama3' } },
        'llama.cpp’s graph for DeepSeek does not stretch positions as Llama 3 does (rope_scaling in config.json).',
      ],
      [
        'two scales of YaRN that differ',
        { rope_parameters: { rope_type: 'yarn', factor: 4, mscale: 1, mscale_all_dim: 0.7 } },
        'llama.cpp expects mscale and mscale_all_dim to be the same (rope_scaling in config.json).',
      ],
    ])('is refused with %s', (_title, config, sentence) => {
      expect(() => changed('hf-deepseek-v3', config)).toThrow(sentence);
    });

    it('says YaRN’s scale as a tenth of it, as llama.cpp’s own converter does', () => {
      const { says } = changed('hf-deepseek-v3', { rope_parameters: { rope_type: 'yarn', factor: 4, mscale: 0.5, mscale_all_dim: 0.5 } });
      expect(says('deepseek2.rope.scaling.type')).toBe('yarn');
      expect(says('deepseek2.rope.scaling.yarn_log_multiplier')).toBeCloseTo(0.05);
    });
  });
});
