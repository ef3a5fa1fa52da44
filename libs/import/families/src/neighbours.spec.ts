import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { safetensorsBytes } from '@tandem/testing';
import { inspectCheckpoint } from './inspect-checkpoint';

describe('what is no model that writes text is refused:', () => {
  let root: string;

  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tandem-neighbours-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  function inspect(names: readonly string[], config?: object): void {
    const tensors = Object.fromEntries(names.map((name) => [name, { dtype: 'F32', shape: [2], data: Buffer.alloc(8) }]));
    writeFileSync(join(root, 'model.safetensors'), safetensorsBytes({ tensors }));
    if (config !== undefined) writeFileSync(join(root, 'config.json'), JSON.stringify(config));
    inspectCheckpoint(root, root, 'f16');
  }

  it.each([
    ['an adapter', ['base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight'], undefined, /a LoRA adapter/],
    ['an encoder', ['bert.encoder.layer.0.attention.self.query.weight'], { architectures: ['BertModel'] }, /an encoder/],
    ['an encoder by its configuration alone', ['layers.0.weight'], { architectures: ['ModernBertForMaskedLM'] }, /an encoder/],
    [
      'an encoder-decoder',
      ['shared.weight', 'encoder.block.0.layer.0.SelfAttention.q.weight'],
      { architectures: ['T5ForConditionalGeneration'] },
      /an encoder-decoder/,
    ],
    ['a classifier', ['score.weight'], { architectures: ['LlamaForSequenceClassification'] }, /sorts texts/],
    ['a diffusion model', ['model.diffusion_model.input_blocks.0.0.weight'], undefined, /makes images/],
    ['an architecture that is not converted', ['model.layers.0.mixer.weight'], { architectures: ['MambaForCausalLM'] }, /does not convert MambaForCausalLM/],
    [
      'quantised weights',
      ['model.layers.0.self_attn.q_proj.qweight'],
      { architectures: ['LlamaForCausalLM'], quantization_config: { bits: 4 } },
      /are quantised/,
    ],
    ['weights of an unknown kind', ['conv1.weight', 'fc.weight'], undefined, /\(conv1\.weight, fc\.weight\)/],
  ])('%s', (_title, names, config, reason) => {
    expect(() => inspect(names, config)).toThrow(reason);
  });

  it('but not one whose framework holds the model in a field of its own', () => {
    expect(() => inspect(['net.tok_emb.weight', 'net.pos_emb.weight', 'net.trf_blocks.0.att.W_query.weight'])).toThrow(/attention heads/);
  });

  it('a folder without weights, and one with several', () => {
    expect(() => inspectCheckpoint(root, root, 'f16')).toThrow(/no weights in this folder/);
    for (const name of ['a.pt', 'b.pt']) writeFileSync(join(root, name), '');
    expect(() => inspectCheckpoint(root, root, 'f16')).toThrow(/several files of weights/);
  });
});
