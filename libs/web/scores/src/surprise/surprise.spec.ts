import { ReadableStream } from 'node:stream/web';
import { type Type } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { type Divergence } from '@tandem/shared/contracts';
import { type ModelOption } from '@tandem/web/model-status';
import { divergenceOf, scoreOf } from '../testing/divergence';
import { type AnswerToScore } from './answer-to-score';
import { ScoredAnswer } from './scored-answer';
import { SurpriseBand } from './surprise-band';

const NAMES = { baseline: 'Baseline', derivative: 'Two Delta' };
const BASE = scoreOf('base', [['Yes', 0.25]]);
const TUNED = scoreOf('tuned', [['Yes', 0.75]]);
const answer = (side: AnswerToScore['side'], text: string): AnswerToScore => ({
  side,
  task: { baseline: 'base', derivative: 'tuned', messages: [], text },
  obstacle: '',
  notes: [],
});
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A server that gives this to each request; the texts that it was asked about. */
function serve(give: { readonly divergence: Divergence } | { readonly error: object }): string[] {
  const texts: string[] = [];
  globalThis.fetch = async (_, init) => {
    texts.push((JSON.parse(String(init?.body)) as { text: string }).text);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify({ done: true, ...give })}\n\n`)),
    });
    return { ok: true, status: 200, body } as unknown as Response;
  };
  return texts;
}

async function render<T>(component: Type<T>, inputs: Readonly<Record<string, unknown>>): Promise<{ fixture: ComponentFixture<T>; host: HTMLElement }> {
  const fixture = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  for (let turn = 0; turn < 4; turn++) {
    await fixture.whenStable();
    await settle();
  }
  return { fixture, host: fixture.nativeElement as HTMLElement };
}

function band(card: object) {
  const side = (name: string) => ({ name, option: { card } as ModelOption });
  return render(SurpriseBand, {
    answers: [answer('baseline', 'No'), answer('derivative', 'Yes')],
    sides: { baseline: side('Baseline'), derivative: side('Two Delta') },
  });
}

describe('SurpriseBand', () => {
  it('has the derivative’s answer scored first, and says who is surprised by whose', async () => {
    const texts = serve({ divergence: divergenceOf(BASE, TUNED) });
    const { host } = await band({ place: 'local', scoring: 'prefill', price: null });
    expect(texts).toEqual(['Yes', 'No']);
    expect(host.querySelector('.verdict')?.textContent).toMatch(
      /^Two Delta finds Baseline’s answer likelier.*Bits per byte: Baseline’s answer 0\.67 under itself, 0\.14/,
    );
    expect(host.textContent).toContain('How measured');
  });

  it('asks before it costs something', async () => {
    const texts = serve({ divergence: divergenceOf(BASE, TUNED) });
    const { fixture, host } = await band({ place: 'remote', scoring: 'echo', price: { input: 1 } });
    expect([texts, host.textContent?.includes('may bill')]).toEqual([[], true]);
    [...host.querySelectorAll('button')].find(({ textContent }) => textContent === 'Score both answers')?.click();
    for (let turn = 0; turn < 3; turn++) await settle();
    await fixture.whenStable();
    expect(texts).toEqual(['Yes', 'No']);
    expect(host.textContent).not.toContain('may bill');
  });
});

describe('ScoredAnswer', () => {
  async function scored(give: Parameters<typeof serve>[0]): Promise<HTMLElement> {
    serve(give);
    await band({ place: 'local', scoring: 'prefill', price: null });
    return (await render(ScoredAnswer, { answer: answer('derivative', 'Yes'), names: NAMES })).host;
  }

  it('shows figures and tokens, and what of the answer is not in them', async () => {
    serve({ divergence: divergenceOf(BASE, TUNED) });
    await band({ place: 'local', scoring: 'prefill', price: null });
    const { host } = await render(ScoredAnswer, { answer: { ...answer('derivative', 'Yes'), notes: ['Without thoughts.'] }, names: NAMES });
    expect(host.querySelector('.kl')?.textContent).toMatch(/KL.*≥ .* nats a token/);
    expect(host.querySelector('[role=option]')?.textContent).toBe('Yes');
    expect(host.querySelector('[role=listbox]')?.getAttribute('aria-label')).toBe('Two Delta’s answer token by token, as Baseline finds it');
    expect(host.textContent).toContain('Without thoughts.');
  });

  it('says why tokens cannot be compared, and keeps bits per byte', async () => {
    const host = await scored({ divergence: divergenceOf(BASE, { ...TUNED, vocabulary: 'other' }) });
    expect(host.textContent).toMatch(/Not comparable token by token\. The two models have different vocabularies/);
    expect([...host.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual(['Under Baseline', 'Under itself']);
  });

  it('says what a model cannot do as it is, and what failed with a way to try again', async () => {
    const unable = await scored({ error: { code: 'scoring_unsupported', message: 'It tells nothing.', retryable: false } });
    expect([unable.textContent?.trim(), unable.querySelector('button')]).toEqual(['It tells nothing.', null]);
    TestBed.resetTestingModule();
    const failed = await scored({ error: { code: 'model_unloaded', message: 'It was unloaded.', retryable: true } });
    expect(failed.querySelector('button')?.textContent).toContain('Retry');
  });

  it('says why there is nothing to score', async () => {
    const { host } = await render(ScoredAnswer, {
      answer: { ...answer('derivative', ''), task: null, obstacle: 'There is no text here to score.' },
      names: NAMES,
    });
    expect(host.textContent?.trim()).toBe('There is no text here to score.');
  });
});
