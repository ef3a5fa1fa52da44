import { readFileSync } from 'node:fs';
import { CheckpointCopies, type Weight, weight, type WeightsByName } from '../testing/checkpoint-copies';
import { pick, plannedCheckpoints, plannedFixtures, times } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();

/** Of the fixture: 2 heads of 8 plain and 12 rotary rows. */
const HEAD = 20;
const ROTARY_FIRST = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 0, 1, 2, 3, 4, 5, 6, 7];
const FROM = 'layers.0.attention';

describe('mini-deepseek in llama.cpp’s step35 graph', () => {
  it.each([
    ['layers.0.input_layernorm.weight', 'blk.0.attn_norm.weight'],
    [`${FROM}.o_proj.weight`, 'blk.0.attn_output.weight'],
    ['layers.0.post_attention_layernorm.weight', 'blk.0.ffn_norm.weight'],
    ['layers.0.ffn.down_proj.weight', 'blk.0.ffn_down.weight'],
    ['layers.1.ffn.gate.gate.weight', 'blk.1.ffn_gate_inp.weight'],
    ['embed_tokens.weight', 'token_embd.weight'],
  ])('%s becomes %s as it is', (from, to) => {
    const { planned, source } = fixture('mini-deepseek/sft');
    expect(planned(to)).toEqual(source(from));
  });

  it.each([
    ['queries', 'q_up_proj', 'q_down_proj', 'attn_q'],
    ['keys', 'k_up_proj', 'kv_down_proj', 'attn_k'],
  ])('multiplies the two projections of its %s, each head’s rotary rows first', (_title, up, down, to) => {
    const { planned, source } = fixture('mini-deepseek/sft');
    const rows = source(`${FROM}.${up}.weight`);
    const turned = [rows.slice(0, HEAD), rows.slice(HEAD)].flatMap((head) => pick(head, ...ROTARY_FIRST));
    expect(planned(`blk.0.${to}.weight`)).toEqual(times(turned, source(`${FROM}.${down}.weight`)));
  });

  it('multiplies those of its values, which are not turned', () => {
    const { planned, source } = fixture('mini-deepseek/sft');
    expect(planned('blk.0.attn_v.weight')).toEqual(times(source(`${FROM}.v_up_proj.weight`), source(`${FROM}.kv_down_proj.weight`)));
  });

  it('makes one expert of those that all tokens share: their mean, as hidden sizes beside each other', () => {
    const { planned, source } = fixture('mini-deepseek/sft');
    const parts = (part: string) => [0, 1].map((index) => source(`layers.1.ffn.shared_experts.${index}.ffn.${part}_proj.weight`));
    expect(planned('blk.1.ffn_up_shexp.weight')).toEqual(parts('up').flat());
    const [one = [], other = []] = parts('down');
    expect(planned('blk.1.ffn_down_shexp.weight')).toEqual(one.map((row, at) => [...row, ...(other[at] ?? [])].map((value) => value / 2)));
  });

  it('writes the head although it is the embedding: the graph has no other', () => {
    const { planned, source } = fixture('mini-deepseek/sft');
    expect(planned('output.weight')).toEqual(source('embed_tokens.weight'));
  });

  it('says what keeps llama.cpp alive and the rotation whole: one sliding layer over all of the context, dimensions twice', () => {
    const { says } = fixture('mini-deepseek/sft');
    expect(says('step35.attention.sliding_window')).toBe(128);
    expect(says('step35.attention.sliding_window_pattern')).toEqual([false, false, true]);
    expect([says('step35.rope.dimension_count'), says('step35.rope.dimension_count_swa')]).toEqual([24, 12]);
  });

  it('routes by softmax over all experts, renormalised', () => {
    const { says } = fixture('mini-deepseek/sft');
    expect(['count', 'used_count', 'gating_func', 'weights_norm', 'weights_scale'].map((key) => says(`step35.expert_${key}`))).toEqual([4, 2, 1, true, 1]);
  });

  it('is spoken to as its project does, and stops where the next turn would begin: it was taught no end', () => {
    const { chatTemplate, stopStrings } = fixture('mini-deepseek/sft').model;
    expect(chatTemplate).toContain("Human: {{ m['content'] }}");
    expect(chatTemplate?.endsWith('{% if add_generation_prompt %}Assistant:{% endif %}')).toBe(true);
    expect(stopStrings).toEqual(['\n\nHuman:', '\n\n###', '### Instruction:']);
  });

  it('takes the YAML that fits its weights from configs/ above, and not its neighbour', () => {
    const { says, model } = fixture('mini-deepseek/sft');
    expect(model.assumptions).toEqual([]);
    expect([says('step35.attention.head_count'), says('step35.rope.freq_base'), says('step35.attention.value_length')]).toEqual([2, 20_000, 16]);
  });

  describe('whose files were changed', () => {
    function changed(change: (weights: WeightsByName) => void, yaml?: readonly [from: string, to: string]) {
      const folder = copies.copy('mini-deepseek/sft');
      const config = readFileSync(new URL('../../../../testing/checkpoints/mini-deepseek/configs/config_tiny.yaml', import.meta.url), 'utf8');
      const [from, to] = yaml ?? ['', ''];
      expect(config).toContain(from);
      copies.write('mini-deepseek/configs/tiny.yaml', config.replace(from, to));
      copies.weights(`${folder}/best.pt`, change);
      return plan(`${folder}/best.pt`, copies.root);
    }
    const nothing = (): void => undefined;

    it('leaves out the heads that guess further tokens', () => {
      const { names } = changed((weights) => weights.set('mtp_heads.0.weight', weight([331, 32])));
      expect(names.filter((name) => name.includes('mtp'))).toEqual([]);
    });

    it('gets an expert of zeros where none is shared', () => {
      const { planned, of } = changed((weights) => {
        for (const name of [...weights.keys()]) if (name.includes('shared_experts')) weights.delete(name);
      });
      expect(of('blk.1.ffn_up_shexp.weight').shape).toEqual([32, 32]);
      expect(new Set(planned('blk.1.ffn_down_shexp.weight').flat())).toEqual(new Set([0]));
    });

    it('is refused with norms on its latents: without them it would be another model that talks', () => {
      expect(() => changed((weights) => weights.set('layers.0.attention.q_latent_norm.weight', weight([24])))).toThrow(
        'llama.cpp has no graph for this model: norms between the latent projections together with a rotary key for every head. ' +
          'Leaving the norms out would make it another model.',
      );
    });

    it.each([
      ['hidden_act: "silu"', 'hidden_act: "gelu"', 'hidden_act: gelu'],
      ['router_bias: false', 'router_bias: true', 'moe.router_bias'],
      ['rope_theta: 20000.0', 'rope_theta: 20000.0\n  rope_scaling: {factor: 2}', 'rope_scaling'],
    ])('is refused with %s → %s', (from, to, form) => {
      expect(() => changed(nothing, [from, to])).toThrow(`llama.cpp has no graph for ${form} in tiny.yaml.`);
    });

    it('is refused where its YAML leaves out what nothing else tells', () => {
      expect(() => changed(nothing, ['max_position_embeddings: 128', 'note: 128'])).toThrow('tiny.yaml does not say model.max_position_embeddings.');
    });
  });

  describe('without a YAML', () => {
    /** Weights of zeros in the shapes of a configuration that the project ships; GPT-2's tokens would be 50,257 rows. */
    function shipped([hidden, qRank, kvRank, qRows, vRows]: readonly [number, number, number, number, number]) {
      const attention: Readonly<Record<string, Weight>> = {
        q_down_proj: weight([qRank, hidden]),
        q_up_proj: weight([qRows, qRank]),
        kv_down_proj: weight([kvRank, hidden]),
        k_up_proj: weight([qRows, kvRank]),
        v_up_proj: weight([vRows, kvRank]),
        o_proj: weight([hidden, vRows]),
      };
      const folder = copies.copy('mini-deepseek/sft');
      copies.weights(`${folder}/best.pt`, (weights) => {
        weights.clear();
        weights.set('embed_tokens.weight', weight([331, hidden]));
        weights.set('norm.weight', weight([hidden]));
        for (const [name, one] of Object.entries(attention)) weights.set(`${FROM}.${name}.weight`, one);
        for (const name of ['input_layernorm', 'post_attention_layernorm']) weights.set(`layers.0.${name}.weight`, weight([hidden]));
        for (const part of ['gate', 'up', 'down']) weights.set(`layers.0.ffn.${part}_proj.weight`, weight(part === 'down' ? [hidden, 64] : [64, hidden]));
      });
      return plan(`${folder}/best.pt`, copies.root);
    }

    it('assumes the sizes that the project ships for such weights, and says every one of them', () => {
      expect(shipped([128, 64, 32, 64, 64]).model.assumptions).toEqual([
        '2 heads of 16 + 16 rotary dimensions, 1 of the experts for each token, rotary base 10000, context 128: ' +
          'the project’s own configuration for these sizes, since no YAML file stands beside it',
      ]);
    });

    it('knows the larger ones by their shapes, too', () => {
      const { says, model } = shipped([256, 128, 64, 256, 256]);
      expect([says('step35.attention.head_count'), model.contextLength]).toEqual([4, 512]);
    });

    it('is refused in any other shape', () => {
      expect(() => shipped([96, 64, 32, 64, 64])).toThrow(
        'Put the YAML file that the model was trained with beside the checkpoint or in a folder configs/ above it: ' +
          'it says the heads and rotary dimensions, and its weights do not tell them.',
      );
    });
  });
});
