import { readFileSync } from 'node:fs';
import { CheckpointCopies } from '../testing/checkpoint-copies';
import { pick, plannedCheckpoints, plannedFixtures } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();

/** Heads of 8: a head's first half takes turns with its second. */
const TURNS = [0, 4, 1, 5, 2, 6, 3, 7];

describe('LitGPT', () => {
  it.each([
    ['transformer.wte.weight', 'token_embd.weight'],
    ['lm_head.weight', 'output.weight'],
    ['transformer.ln_f.weight', 'output_norm.weight'],
    ['transformer.h.1.norm_1.weight', 'blk.1.attn_norm.weight'],
    ['transformer.h.1.attn.proj.weight', 'blk.1.attn_output.weight'],
    ['transformer.h.1.norm_2.weight', 'blk.1.ffn_norm.weight'],
    ['transformer.h.1.mlp.fc_1.weight', 'blk.1.ffn_gate.weight'],
    ['transformer.h.1.mlp.fc_2.weight', 'blk.1.ffn_up.weight'],
    ['transformer.h.1.mlp.proj.weight', 'blk.1.ffn_down.weight'],
  ])('%s becomes %s as it is', (from, to) => {
    const { planned, source } = fixture('litgpt');
    expect(planned(to)).toEqual(source(from));
  });

  it('has one matrix for queries, keys and values: it is cut, and the first two are turned from halves to pairs', () => {
    const { planned, source } = fixture('litgpt');
    const all = source('transformer.h.1.attn.qkv.weight');
    expect(all).toHaveLength(4 * 8 + 2 * 2 * 8);
    expect(planned('blk.1.attn_q.weight').slice(24)).toEqual(pick(all.slice(24, 32), ...TURNS));
    expect(planned('blk.1.attn_k.weight').slice(0, 8)).toEqual(pick(all.slice(32, 40), ...TURNS));
    expect(planned('blk.1.attn_v.weight')).toEqual(all.slice(48));
  });

  it('has more rows than its tokenizer has tokens: the rest are unused ones', () => {
    const { tokens, types } = fixture('litgpt').model.tokenizer.load();
    expect(tokens.slice(330)).toEqual(['[tool]', '[PAD331]', '[PAD332]', '[PAD333]', '[PAD334]', '[PAD335]']);
    expect(types.slice(330)).toEqual([4, 5, 5, 5, 5, 5]);
  });

  it('says the sizes of model_config.yaml', () => {
    const { says, model } = fixture('litgpt');
    expect(model.contextLength).toBe(128);
    expect(['attention.head_count', 'attention.head_count_kv', 'attention.key_length', 'rope.freq_base'].map((key) => says(`llama.${key}`))).toEqual([
      4, 2, 8, 10_000,
    ]);
  });

  describe('with another model_config.yaml', () => {
    function configured(from: string | RegExp, to: string) {
      const folder = copies.copy('litgpt');
      const before = readFileSync(`${folder}/model_config.yaml`, 'utf8');
      const after = before.replace(from, to);
      expect(after).not.toBe(before);
      copies.write('litgpt/model_config.yaml', after);
      return plan(`${folder}/lit_model.pth`, copies.root);
    }

    it.each([
      ['norm_class_name: "RMSNorm"', 'norm_class_name: "LayerNorm"', 'norm_class_name'],
      ['mlp_class_name: "LLaMAMLP"', 'mlp_class_name: "GemmaMLP"', 'mlp_class_name'],
      ['rotary_percentage: 1.0', 'rotary_percentage: 0.25', 'rotary_percentage'],
      ['parallel_residual: false', 'parallel_residual: true', 'parallel_residual'],
      ['bias: false', 'bias: false\nsliding_window_size: 64', 'sliding_window_size'],
      ['bias: false', 'bias: false\nrope_condense_ratio: 2', 'rope_condense_ratio'],
      ['bias: false', 'bias: false\nnorm_qk: true\nfinal_logit_softcapping: 30.0', 'norm_qk, final_logit_softcapping'],
    ])('is refused where it is no Llama (%s → %s)', (from, to, forms) => {
      expect(() => configured(from, to)).toThrow(`Tandem converts LitGPT’s Llama-like models, and model_config.yaml asks for something else (${forms}).`);
    });

    it.each(['n_head', 'block_size'])('is refused where it does not say %s', (name) => {
      expect(() => configured(new RegExp(`^${name}: .*\n`, 'm'), '')).toThrow('model_config.yaml does not say n_head and block_size.');
    });
  });
});
