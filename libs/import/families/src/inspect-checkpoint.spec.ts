import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKPOINT_FIXTURES, CHECKPOINT_FIXTURES_FOLDER, type CheckpointFixture, checkpointFixture } from '@tandem/testing';
import { inspectCheckpoint } from './inspect-checkpoint';

describe('a checkpoint that is looked at', () => {
  it.each(CHECKPOINT_FIXTURES)('is known for what it is: %s', (name) => {
    const { path, expected } = checkpointFixture(name);
    const facts = inspectCheckpoint(path, CHECKPOINT_FIXTURES_FOLDER, 'f16');
    expect(facts).toMatchObject({
      family: expected.family,
      contextLength: 128,
      assumptions: [],
      chatTemplate: expected.prompts.some(({ as }) => as === 'chat'),
    });
    expect(facts.weightPaths.length).toBe(name === 'hf-llama' ? 2 : 1);
    expect(facts.parameters).toBeGreaterThan(20_000);
    expect(facts.convertedBytes).toBeGreaterThan(2 * facts.parameters);
  });

  describe('with something else beside it', () => {
    let root: string;

    beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-inspected-')))));
    afterEach(() => rmSync(root, { recursive: true }));

    function copy(name: CheckpointFixture): string {
      const target = join(root, name);
      cpSync(join(CHECKPOINT_FIXTURES_FOLDER, name), target, { recursive: true });
      return target;
    }

    function change(folder: string, file: string, changes: object): void {
      const path = join(folder, file);
      writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...changes }));
    }

    it.each<[string, CheckpointFixture, string, RegExp]>([
      ['a Llama without config.json', 'hf-llama', 'config.json', /Put the model’s config\.json beside it/],
      ['a Llama without a tokenizer', 'hf-llama', 'tokenizer.json', /put its tokenizer\.json or tokenizer\.model beside it/],
      ['a llama2.c model without a tokenizer', 'llama2c', 'tokenizer.model', /put its tokenizer\.model beside it/],
      ['characters without meta.pkl', 'nanogpt', 'meta.pkl', /put its meta\.pkl/],
      ['a model of the book without config.json', 'from-scratch', 'config.json', /how many attention heads/],
      ['LitGPT without model_config.yaml', 'litgpt', 'model_config.yaml', /model_config\.yaml beside/],
    ])('says what %s needs', (_title, name, missing, reason) => {
      const folder = copy(name);
      rmSync(join(folder, missing));
      expect(() => inspectCheckpoint(join(folder, checkpointFixture(name).expected.entry), root, 'f16')).toThrow(reason);
    });

    it('says what a mini-deepseek needs whose sizes no configuration has', () => {
      const folder = copy('mini-deepseek/sft');
      mkdirSync(join(root, 'configs'));
      writeFileSync(join(root, 'configs/other.yaml'), 'model:\n  hidden_size: 64\n');
      expect(() => inspectCheckpoint(join(folder, 'best.pt'), root, 'f16')).toThrow(/none of the ones found fits its weights \(other\.yaml\)/);
    });

    it.each<[string, CheckpointFixture, object, RegExp]>([
      ['another activation', 'hf-llama', { hidden_act: 'gelu' }, /silu, and config\.json says gelu/],
      ['quantised weights', 'hf-llama', { quantization_config: {} }, /quantised/],
      ['positions of an unknown kind', 'hf-llama', { rope_parameters: { rope_type: 'longrope' } }, /of the kind longrope/],
      ['half rotated heads', 'hf-llama', { partial_rotary_factor: 0.5 }, /partial_rotary_factor/],
      ['another architecture', 'hf-llama', { architectures: ['GraniteForCausalLM'] }, /does not convert GraniteForCausalLM/],
      ['more heads than it has', 'hf-llama', { num_attention_heads: 8 }, /do not fit together/],
      ['fewer layers than it has', 'hf-llama', { num_hidden_layers: 1 }, /weights that this family of models does not have \(model\.layers\.1\./],
      ['more layers than it has', 'hf-qwen3', { num_hidden_layers: 3 }, /lacks model\.layers\.2\./],
      ['a head of its own that is missing', 'hf-qwen3', { tie_word_embeddings: false }, /lacks lm_head\.weight/],
      ['experts scored in another way', 'hf-deepseek-v3', { scoring_func: 'tanh' }, /by tanh/],
      ['rotary halves', 'hf-deepseek-v3', { rope_interleave: false }, /rope_interleave/],
      ['groups of experts that V2 chooses otherwise', 'hf-deepseek-v2', { topk_method: 'group_limited_greedy', n_group: 2 }, /group_limited_greedy/],
      ['two ways to weigh its experts', 'hf-deepseek-v2', { norm_topk_prob: true }, /norm_topk_prob/],
      ['attention scaled by layer', 'hf-gpt2', { scale_attn_by_inverse_layer_idx: true }, /scale_attn_by_inverse_layer_idx/],
    ])('is refused with %s', (_title, name, changes, reason) => {
      const folder = copy(name);
      change(folder, 'config.json', changes);
      expect(() => inspectCheckpoint(folder, root, 'f16')).toThrow(reason);
    });

    it('takes the scores of DeepSeek-V3’s experts for single ones where nothing says it', () => {
      const folder = copy('hf-deepseek-v3');
      expect(readFileSync(join(folder, 'config.json'), 'utf8')).not.toContain('scoring_func');
      expect(inspectCheckpoint(folder, root, 'f16').family).toBe('hf-deepseek-v3');
    });

    it('says that a window of attention bounds its context', () => {
      const folder = copy('hf-mistral');
      change(folder, 'config.json', { sliding_window: 96 });
      expect(inspectCheckpoint(folder, root, 'f16')).toMatchObject({ contextLength: 96, assumptions: [expect.stringContaining('sliding_window')] });
    });
  });
});
