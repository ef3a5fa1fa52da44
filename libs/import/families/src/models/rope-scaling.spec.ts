import { Metadata } from '../metadata';
import { describeRope, llama3Factors, ropeOf } from './rope-scaling';

const described = (config: object): Record<string, unknown> => {
  const metadata = new Metadata('llama');
  describeRope(metadata, ropeOf({ ...config }));
  return Object.fromEntries([...metadata.entries].flatMap(([key, { value }]) => (key.startsWith('llama.rope.') ? [[key.slice(11), value]] : [])));
};

describe('how positions turn', () => {
  it('is read from where transformers 4 writes it, and from where 5 does', () => {
    expect(ropeOf({ rope_theta: 500_000, rope_scaling: { type: 'linear', factor: 2 } })).toMatchObject({ theta: 500_000, kind: 'linear' });
    expect(ropeOf({ rope_parameters: { rope_theta: 500_000, rope_type: 'linear', factor: 2 } })).toMatchObject({ theta: 500_000, kind: 'linear' });
  });

  it('is as it was trained, over a base of 10,000, where nothing is said', () => {
    expect(ropeOf({})).toMatchObject({ theta: 10_000, kind: null });
    expect(described({})).toEqual({});
  });

  it('is stretched linearly by a factor', () => {
    expect(described({ rope_scaling: { rope_type: 'linear', factor: 4 } })).toEqual({ 'scaling.type': 'linear', 'scaling.factor': 4 });
  });

  it('is stretched by YaRN over the context that was trained first', () => {
    const yarn = { rope_type: 'yarn', factor: 4, original_max_position_embeddings: 4_096, beta_fast: 32, beta_slow: 1 };
    expect(described({ rope_scaling: yarn })).toEqual({
      'scaling.type': 'yarn',
      'scaling.factor': 4,
      'scaling.original_context_length': 4_096,
      'scaling.yarn_beta_fast': 32,
      'scaling.yarn_beta_slow': 1,
    });
  });

  it.each([
    [
      'a kind that llama.cpp does not have',
      { rope_scaling: { type: 'dynamic', factor: 2 } },
      'Tandem does not convert rotary positions of the kind dynamic (rope_scaling in config.json).',
    ],
    ['a stretch without a factor', { rope_scaling: { type: 'yarn' } }, 'config.json does not say by which factor positions are stretched (yarn).'],
    [
      'another attention factor than YaRN’s own',
      { rope_scaling: { type: 'yarn', factor: 4, attention_factor: 2 } },
      'llama.cpp computes the attention factor of YaRN by itself',
    ],
    ['heads that are turned in part', { partial_rotary_factor: 0.25 }, 'turns whole heads, and config.json says partial_rotary_factor.'],
  ])('is refused with %s', (_title, config, sentence) => {
    expect(() => described(config)).toThrow(sentence);
  });

  it('may name the attention factor that YaRN has anyway', () => {
    const usual = 1 + 0.1 * Math.log(4);
    expect(() => described({ rope_scaling: { type: 'yarn', factor: 4, attention_factor: usual } })).not.toThrow();
  });
});

describe('Llama 3.1', () => {
  it('slows its slow frequencies down by all of the factor, its fast ones not, and those between by a part', () => {
    const factors = llama3Factors(500_000, 128, { factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8_192 });
    expect(factors).toHaveLength(64);
    expect([factors[0], factors[28], factors[63]]).toEqual([1, 1, 8]);
    expect(factors).toEqual(factors.toSorted((one, other) => one - other));
    const between = factors.filter((factor) => factor > 1 && factor < 8);
    expect(between.length).toBeGreaterThan(0);
  });

  it('has its own numbers where nothing says them', () => {
    expect(llama3Factors(500_000, 64, {})).toEqual(
      llama3Factors(500_000, 64, { factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8_192 }),
    );
  });
});
