import { type KnownSeries, type SeriesPlace } from '@tandem/shared/contracts';
import { type ModelOption } from '@tandem/web/model-status';
import { mayStandInSeries, namePlace, positionsOf, sayPlace, seriesOf, seriesRequest } from './axis';
import { pathOf, roundTop } from './curve';

const scale = (adapter_scale: number): SeriesPlace => ({ model: 'lora', adapter_scale, step: null, asked_as: null });
const step = (n: number): SeriesPlace => ({ model: `run/step-${n}.gguf`, adapter_scale: null, step: n, asked_as: `run/step-${n}.gguf` });
const DIAL: KnownSeries = {
  ...{ name: 'lora', kind: 'adapter', baseline: { model: 'lora', adapter_scale: 0 } },
  ...{ places: [scale(0), scale(0.5), scale(1)], adapter: { endpoint: 'local:base.gguf', file: 'lora.gguf' } },
};
const LINE: KnownSeries = {
  name: 'run/step',
  kind: 'checkpoints',
  baseline: { model: 'run/step-0.gguf', adapter_scale: null },
  places: [step(1000), step(2000), step(4000)],
  adapter: null,
};

describe('an axis', () => {
  it('is found by any model on it', () => {
    expect(seriesOf([DIAL, LINE], ['base', 'lora'])).toEqual([DIAL]);
    expect(seriesOf([DIAL, LINE], ['run/step-0.gguf'])).toEqual([LINE]);
    expect(seriesOf([DIAL, LINE], ['other'])).toEqual([]);
  });

  it.each([
    ['a checkpoint with a number', { card: { place: 'local' }, checkpoint: { name: 'run/step-1000.gguf' } }, true],
    ['an adapter', { card: { place: 'local' }, report: { identity: { base: 'base.gguf' } } }, true],
    ['another checkpoint', { card: { place: 'local' }, checkpoint: { name: 'sft/chat.gguf' }, report: { identity: { base: null } } }, false],
    ['a model at a server', { card: { place: 'remote' }, report: { identity: { base: 'base' } } }, false],
    ['a model that is gone', undefined, false],
  ])('is looked for where there may be one: %s', (_, option, may) => {
    expect(mayStandInSeries(option as ModelOption | undefined)).toBe(may);
  });

  it('names its places', () => {
    const places = [scale(0.5), step(2000), { model: 'x', adapter_scale: null, step: null }];
    expect(places.map(sayPlace)).toEqual(['scale 0.5', 'step 2,000', 'x']);
    expect(places.map(namePlace)).toEqual(['0.5', '2,000', 'x']);
  });

  it('stands by scale and step, not by number', () => {
    expect(positionsOf(DIAL.places)).toEqual([0, 0.5, 1]);
    expect(positionsOf(LINE.places)).toEqual([0, 1 / 3, 1]);
    expect(positionsOf([step(5)])).toEqual([0]);
  });

  it('is asked for with the scales of an adapter, and without where there is none', () => {
    expect(seriesRequest(DIAL, [], 'text')).toEqual({
      baseline: { model: 'lora', adapter_scale: 0 },
      derivatives: [
        { model: 'lora', adapter_scale: 0 },
        { model: 'lora', adapter_scale: 0.5 },
        { model: 'lora', adapter_scale: 1 },
      ],
      texts: [{ text: 'text' }],
    });
    const { derivatives, texts } = seriesRequest(LINE, [{ role: 'user', content: 'Who?' }], 'text');
    expect(derivatives[0]).toEqual({ model: 'run/step-1000.gguf' });
    expect(texts[0]?.messages).toEqual([{ role: 'user', content: 'Who?' }]);
  });
});

describe('a curve', () => {
  it('is interrupted where nothing is known', () => {
    const points = [1, 2, null, 4].map((y, x) => ({ x, y }));
    expect(pathOf(points)).toBe('M0.0 1.0 L1.0 2.0 M3.0 4.0');
    expect(pathOf([])).toBe('');
  });

  it.each([
    [[0.13, 1.184], 2],
    [[0.004], 0.005],
    [[1], 1],
    [[60], 100],
    [[0], 1],
    [[], 1],
  ])('of %j ends at %d', (values, top) => {
    expect(roundTop(values)).toBeCloseTo(top, 12);
  });
});
