import { until } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { writeAtOnce } from './write-at-once';

export type SideName = 'Baseline' | 'Two Delta';

/** One side, as a person finds its parts. */
export class PaneDriver {
  /** Which model it is. */
  readonly head: Locator;
  /** What it said to the last prompt, and how that was made. */
  readonly cell: Locator;
  readonly answer: Locator;
  private readonly states: Locator;

  constructor(page: Page, side: SideName) {
    this.head = page.getByRole('region', { name: side, exact: true });
    this.cell = page.getByRole('group', { name: new RegExp(`^${side}, answer \\d+$`) }).last();
    this.answer = this.cell.locator('.prose').last();
    // before the first answer the head tells
    this.states = page.locator(`[data-side=${side === 'Baseline' ? 'baseline' : 'derivative'}] .state`);
  }

  button(name: 'Copy' | 'Retry' | 'Stop'): Locator {
    return this.cell.getByRole('button', { name, exact: true }).last();
  }

  async text(): Promise<string> {
    return (await this.answer.count()) === 0 ? '' : ((await this.answer.textContent()) ?? '');
  }

  /** The words of its status line. */
  async state(): Promise<string> {
    return (await this.states.last().innerText()).trim();
  }

  /** Waits until its status line says one of `words`. */
  async untilState(words: RegExp): Promise<void> {
    await this.states.last().filter({ hasText: words }).waitFor();
  }

  async untilLonger(than = 0): Promise<void> {
    await until(async () => (await this.text()).length > than);
  }
}

/** The compare page, in a person's words. */
export class CompareDriver {
  readonly baseline: PaneDriver;
  readonly derivative: PaneDriver;
  readonly composer: Locator;
  readonly scroller: Locator;

  constructor(readonly page: Page) {
    this.baseline = new PaneDriver(page, 'Baseline');
    this.derivative = new PaneDriver(page, 'Two Delta');
    this.composer = page.getByRole('textbox', { name: /^Ask both/ });
    this.scroller = page.locator('[tandemfollowscroll]');
  }

  /** Waits until the models are known: only then can anything be asked. */
  async untilReady(): Promise<void> {
    await this.page
      .getByRole('button', { name: /^(Baseline|Two Delta) model: (?!none$)/ })
      .first()
      .waitFor();
  }

  /** Begins a new comparison, and waits until the turns of the one before are gone. */
  async beginAnew(): Promise<void> {
    await this.page.getByRole('button', { name: 'New comparison' }).click();
    await this.page.locator('.prompt').first().waitFor({ state: 'detached' });
  }

  /** Sends a prompt, and waits until its turn is there. */
  async ask(prompt: string): Promise<void> {
    const turns = this.page.locator('.prompt');
    const before = await turns.count();
    await writeAtOnce(this.composer, prompt);
    await this.page.getByRole('button', { name: 'Send' }).click();
    await turns.nth(before).waitFor({ state: 'attached' });
  }

  /** Counts, from now on, the steps in which each side's answer grows; the function it gives tells them, left side first. */
  async watchLengths(): Promise<() => Promise<number[]>> {
    const counts = await this.page.evaluateHandle(() => {
      const steps = [new Set<number>(), new Set<number>()];
      const look = (): void => {
        for (const [n, side] of ['baseline', 'derivative'].entries()) {
          const length = document.querySelector(`tandem-turn-row:last-of-type [data-side=${side}] .prose`)?.textContent?.length ?? 0;
          if (length > 0) steps[n]?.add(length);
        }
        requestAnimationFrame(look);
      };
      look();
      return steps;
    });
    return () => counts.evaluate((steps) => steps.map(({ size }) => size));
  }

  /** Says what the next prompt goes on from. */
  async goOn(from: string): Promise<void> {
    await this.page.locator('.choices').last().getByRole('button', { name: from, exact: true }).click();
  }

  async untilIdle(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop all' }).waitFor({ state: 'detached' });
  }
}
