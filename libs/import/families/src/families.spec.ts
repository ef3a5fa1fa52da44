import { type CheckpointFile, openCheckpoint } from '@tandem/import/formats';
import { CHECKPOINT_FIXTURES, CHECKPOINT_FIXTURES_FOLDER, type CheckpointFixture, checkpointFixture } from '@tandem/testing';
import { Beside } from './beside/beside';
import { findBeside } from './beside/find-beside';
import { FAMILIES } from './families';
import type { Checkpoint } from './model';
import { fromScratch } from './models/from-scratch';
import { hfDeepseek } from './models/hf-deepseek';
import { hfLlama } from './models/hf-llama';
import { litGpt } from './models/litgpt';
import { metaLlama } from './models/meta-llama';
import { miniDeepseek } from './models/mini-deepseek';
import { nanoGpt } from './models/nanogpt';
import { namedWeights } from './named-weights';
import { CheckpointCopies } from './testing/checkpoint-copies';
import { plannedCheckpoints } from './testing/planned-checkpoints';
import { Weights } from './weights/weights';
import { weightsAt } from './weights-at';

const opened: CheckpointFile[] = [];
afterEach(() => opened.splice(0).forEach((file) => file.close()));

/** A fixture as families see it, with or without some of its weights. */
function checkpoint(name: CheckpointFixture, without?: string): Checkpoint {
  const path = weightsAt(checkpointFixture(name).path);
  const file = openCheckpoint(path);
  opened.push(file);
  const { tensors, extras } = namedWeights(file);
  const left = new Map([...tensors].filter(([own]) => own !== without));
  expect(left.size).toBe(tensors.size - (without === undefined ? 0 : 1));
  return { file, extras, weights: new Weights(left), beside: new Beside(findBeside(path, CHECKPOINT_FIXTURES_FOLDER)), config: {} };
}

describe('a family', () => {
  it.each(CHECKPOINT_FIXTURES)('is told from its neighbours by names alone, so that no order decides: exactly one recognises %s', (name) => {
    expect(FAMILIES.filter((family) => family.recognises(checkpoint(name)))).toHaveLength(1);
  });

  it.each([
    ['mini-deepseek', miniDeepseek, 'mini-deepseek/sft', ['layers.0.attention.q_down_proj.weight', 'layers.0.attention.k_up_proj.weight']],
    ['GPT-2', nanoGpt, 'hf-gpt2', ['transformer.wte.weight', 'transformer.wpe.weight', 'transformer.h.0.attn.c_attn.weight']],
    ['Llama of Hugging Face', hfLlama, 'hf-llama', ['model.embed_tokens.weight', 'model.layers.0.self_attn.q_proj.weight']],
    ['Llama of Meta', metaLlama, 'llama2c', ['tok_embeddings.weight', 'layers.0.attention.wq.weight']],
    ['DeepSeek', hfDeepseek, 'hf-deepseek-v3', ['model.layers.0.self_attn.kv_a_proj_with_mqa.weight']],
    ['the book’s GPT', fromScratch, 'from-scratch', ['tok_emb.weight', 'pos_emb.weight', 'trf_blocks.0.att.W_query.weight']],
    ['LitGPT', litGpt, 'litgpt', ['transformer.wte.weight', 'transformer.h.0.attn.qkv.weight', 'transformer.h.0.mlp.fc_1.weight']],
  ] as const)('needs every name that it goes by: %s', (_title, family, fixture, names) => {
    expect(family.recognises(checkpoint(fixture))).toBe(true);
    for (const name of names) expect(family.recognises(checkpoint(fixture, name))).toBe(false);
  });

  it('of a Llama is not that of a DeepSeek V2, which has its plain queries as well', () => {
    const deepseek = checkpoint('hf-deepseek-v2');
    expect(deepseek.weights.has('model.layers.0.self_attn.q_proj.weight')).toBe(true);
    expect(hfLlama.recognises(deepseek)).toBe(false);
  });
});

describe('names are read', () => {
  const copies = new CheckpointCopies();
  const plan = plannedCheckpoints();

  it.each([
    ['as they are', ''],
    ['without what compiling puts before them', '_orig_mod.'],
    ['without what training on several devices puts before them', 'module.'],
    ['without both', 'module._orig_mod.'],
    ['without a field that a framework keeps the model in', 'net.'],
  ])('%s', (_title, prefix) => {
    const folder = copies.copy('from-scratch');
    copies.weights(`${folder}/model.pth`, (weights) => {
      const all = [...weights];
      weights.clear();
      for (const [name, one] of all) weights.set(`${prefix}${name}`, one);
    });
    expect(plan(`${folder}/model.pth`, copies.root).model.family).toBe('llms-from-scratch');
  });

  it('not without a part that only some of them share', () => {
    const folder = copies.copy('from-scratch');
    copies.weights(`${folder}/model.pth`, (weights) => {
      const [[name = '', one] = []] = weights;
      if (one === undefined) throw new Error('no weights');
      weights.delete(name);
      weights.set(`net.${name}`, one);
    });
    expect(() => plan(`${folder}/model.pth`, copies.root)).toThrow(/^No kind of model that Tandem converts names its weights like this \(/);
  });

  it('of the bare base model too, which GPT-2 and Llama are saved as without their heads', () => {
    const folder = copies.copy('hf-gpt2');
    copies.weights(folder, (weights) => {
      for (const [name, one] of [...weights]) {
        weights.delete(name);
        if (name.startsWith('transformer.')) weights.set(name.replace('transformer.', ''), one);
      }
    });
    expect(plan(folder, copies.root).model.family).toBe('hf-gpt2');
  });
});
