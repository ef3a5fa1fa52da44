import { ReadableStream } from 'node:stream/web';
import { TestBed } from '@angular/core/testing';
import { type DivergenceSeries, type KnownSeries, type SeriesRequest } from '@tandem/shared/contracts';
import { AlongPanel } from './along-panel';

const at = (step: number) => ({ model: `run/step-${step}.gguf`, adapter_scale: null });
const SERIES: KnownSeries = {
  name: 'run/step',
  kind: 'checkpoints',
  baseline: at(1000),
  places: [
    { ...at(1000), step: 1000, asked_as: at(1000).model },
    { ...at(2000), step: 2000, asked_as: 'last' },
  ],
  adapter: null,
};
const kl = (mean: number) => ({ mean, median: mean, p99: mean, max: mean, kind: 'exact' as const, covered_mass: 1 });
const point = { kl_standard_error: null, rms_delta_p: 0, bits_per_byte: { baseline: 1, derivative: 1.25 }, comparable: true, why_not: null };
const ALONG: DivergenceSeries = {
  baseline: at(1000),
  texts: 1,
  points: [
    { ...point, ...at(1000), kl: kl(0), same_top: 1 },
    { ...point, ...at(2000), kl: kl(0.5), same_top: 0.75 },
  ],
};

const scale = (adapter_scale: number) => ({ model: 'lora', adapter_scale });
const DIAL: KnownSeries = {
  ...{ name: 'lora', kind: 'adapter', baseline: { model: 'base', adapter_scale: null } },
  places: [0, 0.5, 0.75].map((each) => ({ ...scale(each), step: null, asked_as: { 0: 'base', 0.75: 'lora' }[each] ?? null })),
  adapter: { endpoint: 'local:base.gguf', file: 'lora.gguf' },
};
const DIALED: DivergenceSeries = {
  baseline: { model: 'base', adapter_scale: null },
  texts: 1,
  points: [0, 0.5, 0.75].map((each) => ({ ...point, ...scale(each), kl: kl(each), same_top: 1 - each })),
};

async function setup(events: readonly object[], series = SERIES) {
  const asked: SeriesRequest[] = [];
  globalThis.fetch = async (_, init) => {
    asked.push(JSON.parse(String(init?.body)) as SeriesRequest);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const event of events) controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`));
      },
    });
    return { ok: true, status: 200, body } as unknown as Response;
  };
  const fixture = TestBed.createComponent(AlongPanel);
  fixture.componentRef.setInput('series', [series]);
  fixture.componentRef.setInput('texts', [{ name: 'Two Delta’s answer', messages: [{ role: 'user', content: 'Who?' }], text: 'I am.' }]);
  const opened: object[] = [];
  const added: object[] = [];
  fixture.componentInstance.open.subscribe((pair) => opened.push(pair));
  fixture.componentInstance.add.subscribe((wanted) => added.push(wanted));
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  const button = (name: string): HTMLButtonElement | undefined =>
    [...host.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name);
  const press = async (name: string): Promise<void> => {
    button(name)?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  return { asked, opened, added, host, button, press, fixture };
}

describe('AlongPanel', () => {
  it('scores an answer at each place, as a curve with a table beside it, whose rows open their pair', async () => {
    const { asked, opened, host, press } = await setup([{ done: true, series: ALONG }]);
    await press('Score along the way');
    expect(asked).toEqual([
      {
        baseline: { model: 'run/step-1000.gguf' },
        derivatives: SERIES.places.map(({ model }) => ({ model })),
        texts: [{ messages: [{ role: 'user', content: 'Who?' }], text: 'I am.' }],
      },
    ]);
    const rows = [...host.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('th, td')].slice(0, 4).map((cell) => cell.textContent));
    expect(rows).toEqual([
      ['step 1,000', '0.0000', '100 %', '1.25'],
      ['step 2,000', '0.500', '75 %', '1.25'],
    ]);
    expect(host.querySelectorAll('svg circle').length).toBe(2);
    await press('Compare with step 2,000');
    expect(opened).toEqual([{ baseline: 'run/step-1000.gguf', derivative: 'last' }]);
    host.querySelector('svg circle')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(opened[1]).toMatchObject({ derivative: 'run/step-1000.gguf' });
  });

  it('compares an adapter at each scale at which a model answers, and has one added at the others', async () => {
    const { opened, added, host, button, press } = await setup([{ done: true, series: DIALED }], DIAL);
    await press('Score along the way');
    expect([...host.querySelectorAll('tbody th')].map((cell) => cell.textContent)).toEqual(['scale 0', 'scale 0.5', 'scale 0.75']);
    expect(button('Compare with scale 0.5')).toBeUndefined();
    await press('Compare with scale 0.75');
    await press('Compare with scale 0');
    expect(opened).toEqual(['lora', 'base'].map((derivative) => ({ baseline: 'base', derivative })));
    await press('Add a model at scale 0.5');
    host.querySelectorAll('svg circle')[1]?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(added).toEqual([1, 2].map(() => ({ series: DIAL, scale: 0.5 })));
    expect(host.textContent).toContain('Where no model answers yet');
  });

  it('takes a text of one’s own, and says why it cannot begin without one', async () => {
    const { asked, host, button, press, fixture } = await setup([{ done: true, series: ALONG }]);
    const select = host.querySelector('select') as HTMLSelectElement;
    select.value = '1';
    select.dispatchEvent(new Event('change'));
    await fixture.whenStable();
    expect([button('Score along the way')?.disabled, host.textContent?.includes('Write a text first.')]).toEqual([true, true]);
    const area = host.querySelector('textarea') as HTMLTextAreaElement;
    area.value = 'My own.';
    area.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    await press('Score along the way');
    expect(asked[0]?.texts).toEqual([{ text: 'My own.' }]);
  });

  it('tells how far it is, can be cancelled, and says why it failed', async () => {
    const going = await setup([{ done: false, progress: 0.4 }]);
    await going.press('Score along the way');
    expect(going.host.textContent).toContain('40 %');
    await going.press('Cancel');
    expect(going.button('Score along the way')).toBeDefined();
    going.fixture.destroy();
    const failing = await setup([{ done: true, error: { code: 'model_unloaded', message: 'It was unloaded.', retryable: true } }]);
    await failing.press('Score along the way');
    expect(failing.host.textContent).toContain('It was unloaded.');
  });
});
