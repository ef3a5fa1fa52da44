import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetResolver } from '@tandem/api/catalogue';
import { openInference, temporaryFolder } from '@tandem/api/inference/testing';
import { ggufBytes, guardLeaks, noiseModel, randomLora } from '@tandem/testing';
import { Scorers } from './scorers';
import { SeriesScoring } from './series-scoring';
import { TextScoring } from './text-scoring';

const never = new AbortController().signal;
const TEXTS = [{ text: 'It went on and on, as rivers do.' }, { text: 'Another text, which is about nothing.' }];
const SEATS = {
  bare: { checkpoint: 'noise.gguf' },
  adapted: { checkpoint: 'noise.gguf', adapter: { file: 'lora.gguf', scale: 1 } },
  copy: { checkpoint: 'copy.gguf' },
};

describe('a series against one baseline', () => {
  const { path, remove } = temporaryFolder();
  const { runtime, close } = openInference(path);
  const targets = { resolve: async (model: keyof typeof SEATS) => ({ card: { id: model }, scoring: runtime.scoringOf(SEATS[model]) }) };
  const scorers = new Scorers(targets as unknown as TargetResolver);
  const series = new SeriesScoring(scorers);

  beforeAll(() => {
    writeFileSync(join(path, 'noise.gguf'), noiseModel());
    copyFileSync(join(path, 'noise.gguf'), join(path, 'copy.gguf'));
    writeFileSync(join(path, 'lora.gguf'), ggufBytes(randomLora()));
  });
  afterAll(async () => {
    await close();
    remove();
  });

  it('of an adapter begins at nothing, and grows with how much of it is used', async () => {
    const derivatives = [0, 0.25, 0.5, 0.75, 1].map((adapter_scale) => ({ model: 'adapted', adapter_scale }));
    const shares: number[] = [];
    const found = await series.measure({ baseline: { model: 'bare' }, derivatives, texts: TEXTS }, (share) => shares.push(share), never);
    expect(found).toMatchObject({ baseline: { model: 'bare', adapter_scale: null }, texts: 2 });
    expect(found.points.map(({ model, adapter_scale, comparable }) => ({ model, adapter_scale, comparable }))).toEqual(
      derivatives.map((point) => ({ ...point, comparable: true })),
    );
    const means = found.points.map(({ kl }) => kl?.mean ?? Number.NaN);
    expect(means[0]).toBeLessThanOrEqual(1e-6);
    expect(found.points[0]).toMatchObject({
      same_top: 1,
      rms_delta_p: 0,
      kl: { kind: 'exact', covered_mass: 1 },
      kl_standard_error: expect.any(Number) as number,
    });
    expect(means).toEqual([...means].sort((one, other) => one - other));
    expect(means.at(-1)).toBeGreaterThan(1e-4);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBe(1);
  });

  it('of one text gives what the two models alone give', async () => {
    const [asked] = TEXTS;
    const point = (await series.measure({ baseline: { model: 'bare' }, derivatives: [{ model: 'adapted' }], texts: [asked!] }, () => undefined, never))
      .points[0];
    const { kl, same_top, rms_delta_p, bits_per_byte } = await new TextScoring(scorers).diverge(
      { baseline: 'bare', derivative: 'adapted', text: asked!.text },
      () => undefined,
      never,
    );
    expect(point).toMatchObject({ kl, same_top, rms_delta_p, bits_per_byte, adapter_scale: 1, kl_standard_error: null });
  });

  it('goes over whole models too', async () => {
    const { points } = await series.measure({ baseline: { model: 'bare' }, derivatives: [{ model: 'copy' }], texts: TEXTS }, () => undefined, never);
    expect(points[0]).toMatchObject({ model: 'copy', adapter_scale: null, same_top: 1 });
  });

  it('is refused where there is no adapter to use less of', async () => {
    const asked = series.measure({ baseline: { model: 'bare' }, derivatives: [{ model: 'copy', adapter_scale: 0.5 }], texts: TEXTS }, () => undefined, never);
    await expect(asked).rejects.toMatchObject({ code: 'invalid_request', param: 'derivatives[0].adapter_scale' });
  });

  it('ends where who asked left, and lets go of what it kept', async () => {
    const leaving = new AbortController();
    const asked = () =>
      series.measure({ baseline: { model: 'bare' }, derivatives: [{ model: 'adapted' }], texts: TEXTS }, () => leaving.abort(), leaving.signal);
    for (let times = 0; times < 3; times++) await expect(asked()).rejects.toBeDefined();
    const { points } = await series.measure({ baseline: { model: 'bare' }, derivatives: [{ model: 'bare' }], texts: TEXTS }, () => undefined, never);
    expect(points[0]?.kl?.kind).toBe('exact');
  });
});

guardLeaks();
