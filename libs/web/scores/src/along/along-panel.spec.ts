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
    { ...at(1000), step: 1000 },
    { ...at(2000), step: 2000 },
  ],
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
const DIAL: KnownSeries = { name: 'lora', kind: 'adapter', baseline: scale(0), places: [0, 0.5].map((each) => ({ ...scale(each), step: null })) };
const DIALED: DivergenceSeries = {
  baseline: scale(0),
  texts: 1,
  points: [0, 0.5].map((each) => ({ ...point, ...scale(each), kl: kl(each), same_top: 1 - each })),
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
  fixture.componentRef.setInput('asConfigured', () => 'lora.gguf at scale 0.75');
  fixture.componentRef.setInput('texts', [{ name: 'Two Delta’s answer', messages: [{ role: 'user', content: 'Who?' }], text: 'I am.' }]);
  const opened: object[] = [];
  fixture.componentInstance.open.subscribe((pair) => opened.push(pair));
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  const button = (name: string): HTMLButtonElement | undefined =>
    [...host.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name);
  const press = async (name: string): Promise<void> => {
    button(name)?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  return { asked, opened, host, button, press, fixture };
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
    expect(opened).toEqual([{ baseline: 'run/step-1000.gguf', derivative: 'run/step-2000.gguf' }]);
    host.querySelector('svg circle')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(opened[1]).toMatchObject({ derivative: 'run/step-1000.gguf' });
  });

  it('offers to compare an adapter at the one scale that answers have, not at each that was scored', async () => {
    const { opened, host, press } = await setup([{ done: true, series: DIALED }], DIAL);
    await press('Score along the way');
    expect([...host.querySelectorAll('tbody th')].map((cell) => cell.textContent)).toEqual(['scale 0', 'scale 0.5']);
    expect(host.querySelector('table button')).toBeNull();
    host.querySelector('svg circle')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(opened).toEqual([]);
    await press('Compare with lora.gguf at scale 0.75');
    expect(opened).toEqual([{ baseline: 'lora', derivative: 'lora' }]);
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
