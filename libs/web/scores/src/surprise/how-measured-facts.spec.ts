import { type ModelOption } from '@tandem/web/model-status';
import { divergenceOf, scoreOf } from '../testing/divergence';
import { type SidesInView } from './answer-to-score';
import { measuringFacts } from './how-measured-facts';
import { sayChecksums, sayRequest } from './say-request';

const LOCAL = {
  card: { endpoint: 'local:sft/demo.gguf' },
  checkpoint: { path: 'checkpoints/sft/demo.gguf', quantization: 'Q8_0', size_mb: 4.2, modified: '2026-11-20 14:30:00' },
} as ModelOption;
const REMOTE = {
  card: { endpoint: '10.0.0.1:8000' },
  report: { identity: { model: 'tuned', base: null, server: 'vLLM', version: '0.9' } },
} as ModelOption;
const sides = (derivative: ModelOption | undefined): SidesInView => ({
  baseline: { name: 'Baseline', option: LOCAL },
  derivative: { name: 'Two Delta', option: derivative },
});
const BASE = scoreOf('base', [['The', 0.5]]);

function wordsOf(name: string, derivative: ModelOption | undefined, changes = {}): readonly string[] {
  const facts = measuringFacts([divergenceOf(BASE, { ...scoreOf('tuned', [['The', 0.5]]), ...changes })], sides(derivative));
  return facts.find((fact) => fact.name === name)?.words ?? [];
}

describe('measuringFacts', () => {
  it('names how each side was asked', () => {
    const words = wordsOf('Method', REMOTE, { method: 'teacher_forcing', exact: false });
    expect(words).toEqual([
      'Baseline: read on this server in one pass (prefill), without flash attention',
      'Two Delta: its server is asked once a token (teacher forcing), rounded',
    ]);
  });

  it('names the files and the servers', () => {
    expect(wordsOf('Weights', REMOTE)).toEqual([
      expect.stringMatching(/^Baseline: checkpoints\/sft\/demo\.gguf · Q8_0 · .* · changed 2026-11-20 14:30:00 UTC$/),
      'Two Delta: tuned · vLLM · 0.9 · 10.0.0.1:8000',
    ]);
    expect(wordsOf('Weights', { card: REMOTE.card } as ModelOption)[1]).toBe('Two Delta: 10.0.0.1:8000, which does not say what it serves');
    expect(wordsOf('Weights', undefined)[1]).toBe('Two Delta: tuned');
  });

  it('names the checksums of local files as soon as they are known', () => {
    const sums = new Map([['base', [{ file: 'demo.gguf', bytes: 3, sha256: 'ab'.repeat(32) }]]]);
    const facts = measuringFacts([divergenceOf(BASE, scoreOf('tuned', [['The', 0.5]]))], sides(REMOTE), sums);
    expect(facts.find(({ name }) => name === 'Weights')?.words[0]).toMatch(/ UTC · SHA-256 (ab){32}$/);
  });

  it('tells one vocabulary, or two', () => {
    expect(wordsOf('Vocabulary', REMOTE)).toEqual([expect.stringMatching(/^the same, SHA-256 a{12}…$/)]);
    expect(wordsOf('Vocabulary', REMOTE, { vocabulary: null })[1]).toBe('Two Delta: its server does not tell it');
  });

  it('calls a lower bound one, and counts the tokens', () => {
    expect(wordsOf('Figures', REMOTE).join()).toMatch(/KL is a lower bound/);
    expect(wordsOf('Tokens', REMOTE)).toEqual(['1 of the answers scored, 3 bytes']);
  });

  it('has nothing to tell of nothing', () => {
    expect(measuringFacts([], sides(REMOTE))).toEqual([]);
  });
});

describe('sayRequest', () => {
  it('is a command that a shell takes, whatever was said', () => {
    const command = sayRequest({ baseline: 'a', derivative: 'b', messages: [], text: "It's" }, 'http://127.0.0.1:8080/api/divergences', 32);
    expect(command).toMatch(
      /^curl -sS 'http:\/\/127\.0\.0\.1:8080\/api\/divergences' -H 'Content-Type: application\/json' -d '\{.*"text":"It'\\''s","top_logprobs":32\}'$/,
    );
  });
});

describe('sayChecksums', () => {
  it('is of the files on the server’s machine', () => {
    expect(sayChecksums(Object.values(sides(REMOTE)))).toBe("sha256sum 'checkpoints/sft/demo.gguf'");
    expect(sayChecksums([sides(REMOTE).derivative])).toBe('');
  });
});
