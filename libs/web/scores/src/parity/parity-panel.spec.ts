import { TestBed } from '@angular/core/testing';
import { type Parity, type ParityRequest } from '@tandem/shared/contracts';
import { ParityPanel } from './parity-panel';

const SIDE = { prompt: 'Who?', tokens: null, method: 'unknown' };
const EQUAL = { equal: true, differences: [], baseline: SIDE, derivative: SIDE } as unknown as Parity;
const of = (derivative: string): ParityRequest => ({ baseline: 'a', derivative, messages: [{ role: 'user', content: 'Who?' }] });

async function setup() {
  const asked: { readonly derivative: string; readonly answer: () => void }[] = [];
  globalThis.fetch = (_, init) =>
    new Promise((resolve) => {
      const { derivative } = JSON.parse(String(init?.body)) as ParityRequest;
      asked.push({ derivative, answer: () => resolve({ ok: true, status: 200, json: async () => ({ parity: EQUAL }) } as Response) });
    });
  const fixture = TestBed.createComponent(ParityPanel);
  fixture.componentRef.setInput('names', { baseline: 'Baseline', derivative: 'Two Delta' });
  const ask = async (derivative: string): Promise<void> => {
    fixture.componentRef.setInput('request', of(derivative));
    await fixture.whenStable();
  };
  const answer = async (at: number): Promise<void> => {
    asked[at]?.answer();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  await ask('b');
  const said = (): string => (fixture.nativeElement as HTMLElement).textContent ?? '';
  return { ask, answer, said, derivatives: () => asked.map(({ derivative }) => derivative) };
}

describe('what could not be made equal', () => {
  it('is not said of another request, neither while it is asked for nor when an earlier answer comes late', async () => {
    const { ask, answer, said, derivatives } = await setup();
    await answer(0);
    expect(said()).toContain('Both are asked the same');
    await ask('c');
    expect(said()).not.toContain('Both are asked the same');
    await ask('d');
    await answer(1);
    expect(said()).toContain('are being compared');
    await answer(2);
    expect(said()).toContain('Both are asked the same');
    expect(derivatives()).toEqual(['b', 'c', 'd']);
  });
});
