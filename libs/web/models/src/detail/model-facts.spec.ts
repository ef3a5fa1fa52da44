import type { Checkpoint, HealthReport, ModelCard } from '@tandem/shared/contracts';
import { factsOf } from './model-facts';

const remote = {
  ...{ id: 'tuned', endpoint: 'models.example.com:8001', source: 's3', place: 'remote', provider: 'Acme', type: 'LoRA', context_length: 32_768 },
  price: { input: 0.6, output: 1.6, currency: 'USD', unit: '1M tokens' },
} as ModelCard;
const identity = { model: 'tuned-8b', server: 'vLLM', version: '0.11.2', context_length: 8192, base: 'acme/Base-8B' };
const file = {
  ...{ path: 'checkpoints/sft/a.gguf', name: 'sft/a.gguf', size_mb: 3.2, modified: '2026-11-20 12:00:00', chat_template: true, memory_estimate_mb: 42 },
  ...{ architecture: 'llama', quantization: 'Q8_0', parameters: 3_100_000, family: null },
} as Checkpoint;

const told = (...known: Parameters<typeof factsOf>) => Object.fromEntries(factsOf(...known).map(({ name, text }) => [name, text]));

describe('factsOf', () => {
  it('tells of a remote model what the configuration and what its server say', () => {
    expect(told(remote, undefined, { identity } as HealthReport)).toEqual({
      Provider: 'Acme',
      Kind: 'LoRA',
      Context: '8,192 tokens; the configuration says 32,768 tokens',
      Price: '$0.60 in, $1.60 out per 1M tokens',
      Served: 'tuned-8b (acme/Base-8B) · vLLM 0.11.2',
      Endpoint: 'models.example.com:8001',
      Id: 'tuned',
      From: 'the configuration in S3',
    });
  });

  it('tells of a checkpoint what its file says', () => {
    const card = { id: 'sft/a.gguf', endpoint: 'local:sft/a.gguf', source: 'checkpoint', place: 'local', type: 'SFT', context_length: 1024 } as ModelCard;
    expect(told({ ...card, provider: null, price: null }, file, undefined)).toEqual({
      Kind: 'SFT · local · llama · Q8_0 · 3.1M',
      Context: '1,024 tokens',
      Endpoint: 'local:sft/a.gguf',
      Id: 'sft/a.gguf',
      File: 'checkpoints/sft/a.gguf',
      Size: '3.2 MB',
      Changed: '2026-11-20 12:00:00 UTC',
      Memory: 'about 42 MB when it is loaded',
      'Chat template': 'in the file',
      From: 'found in the checkpoints folder',
    });
  });

  it('leaves out what nobody knows', () => {
    const bare = { id: 'x', endpoint: 'x:1', source: 'file', place: 'remote', provider: null, type: null, context_length: null, price: null } as ModelCard;
    expect(Object.keys(told(bare, undefined, undefined))).toEqual(['Endpoint', 'Id', 'From']);
  });
});
