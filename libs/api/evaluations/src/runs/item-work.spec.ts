import { closeAfterEach } from '@tandem/testing';
import type { TextScoring } from '@tandem/api/scoring';
import type { PromptCheck } from '@tandem/shared/contracts';
import { lanesOf } from '../testing/lanes-of';
import { type Script, scriptedModels } from '../testing/scripted-models';
import { ItemWork } from './item-work';
import { Judge } from './judge';
import type { RunSpec } from './run-spec';
import { ScoringLane } from './scoring-lane';
import { SideAsker } from './side-asker';

const defer = closeAfterEach();
const JUDGED: readonly PromptCheck[] = [{ type: 'judge', value: 'judge' }];
/** Which answer a judge saw as A. */
const FIRST = /<answer_a>\n(.*)\n<\/answer_a>/;

interface Scored {
  readonly baseline: string;
  readonly derivative: string;
  readonly text: string;
}

function setup({ models = ['a', 'b'], scripts = {} as Record<string, Script>, score = false, kl = (_: Scored): number | null => null } = {}) {
  const script: Script = ({ model }) => `of ${model}`;
  const { asked, resolver } = scriptedModels({ ...Object.fromEntries(models.map((model) => [model, script])), ...scripts });
  const { lanes, people, close } = lanesOf(resolver);
  defer(close);
  const scored: Scored[] = [];
  const scoring = {
    diverge: async (text: Scored) => {
      scored.push(text);
      const mean = kl(text);
      return { kl: mean === null ? null : { mean } };
    },
  } as unknown as TextScoring;
  const asker = new SideAsker(resolver, lanes, people);
  const work = new ItemWork(asker, new Judge(asker), scoring, new ScoringLane(resolver, lanes));
  const spec: RunSpec = { isPair: models.length === 2, models, set: { id: 's', name: 's', count: 1 }, parameters: { seed: 7 }, repeats: 3, score };
  const leave = new AbortController();
  const item = (repeat: number, check: readonly PromptCheck[] = []) =>
    work.do(spec, { place: 0, repeat, prompt: { id: 'p', prompt: 'Which is best?', reference: 'the sea', check } }, leave.signal);
  return { asked, scored, item, leave };
}

describe('ItemWork', () => {
  it('asks all sides of a repeat with one seed, and every repeat with another', async () => {
    const { asked, item } = setup({ models: ['a', 'b', 'c'] });
    for (const repeat of [1, 2, 3]) {
      const { answers } = await item(repeat);
      expect(answers.map(({ model, text, seed }) => [model, text, seed])).toEqual(['a', 'b', 'c'].map((id) => [id, `of ${id}`, 6 + repeat]));
    }
    expect(asked.map(({ seed }) => seed)).toEqual([7, 7, 7, 8, 8, 8, 9, 9, 9]);
  });

  it('asks no judge and scores nothing where nobody wants it', async () => {
    const { asked, scored, item } = setup();
    const { figures } = await item(1);
    expect(figures.pairs).toEqual([{ isSame: false, lengthRatio: 1, divergence: null, winner: null }]);
    expect([asked.length, scored]).toEqual([2, []]);
  });

  it.each<[string, Script, string | null]>([
    ['prefers the baseline either way', ({ prompt }) => (FIRST.exec(prompt)?.[1] === 'of a' ? '[[A]]' : '[[B]]'), 'baseline'],
    ['prefers the derivative either way', ({ prompt }) => (FIRST.exec(prompt)?.[1] === 'of b' ? 'So:\n[[A]]' : '[[B]]'), 'derivative'],
    ['prefers what comes first', () => '[[A]]', 'tie'],
    ['prefers what comes last', () => '[[B]]', 'tie'],
    ['sees no difference', () => '[[tie]]', 'tie'],
    ['sees a difference once', ({ prompt }) => (FIRST.exec(prompt)?.[1] === 'of a' ? '[[A]]' : '[[tie]]'), 'tie'],
    ['says nothing of use', () => 'Both are nice.', null],
    ['is understood once', ({ prompt }) => (FIRST.exec(prompt)?.[1] === 'of a' ? '[[A]]' : 'Hm.'), null],
    ['says nothing', () => '', null],
    ['fails', () => Promise.reject(new Error('no')), null],
  ])('has a judge who %s', async (_, judge, winner) => {
    const { asked, item } = setup({ scripts: { judge } });
    expect((await item(1, JUDGED)).figures.pairs[0]?.winner).toBe(winner);
    const questions = asked.filter(({ model }) => model === 'judge');
    expect(questions.map(({ prompt }) => FIRST.exec(prompt)?.[1])).toEqual(['of a', 'of b']);
    for (const { prompt } of questions) expect(prompt).toContain('<task>\nuser: Which is best?\n</task>\n<reference>\nthe sea\n</reference>');
  });

  it('has every variant judged against the first', async () => {
    const { item } = setup({ models: ['a', 'b', 'c'], scripts: { judge: ({ prompt }) => (FIRST.exec(prompt)?.[1] === 'of c' ? '[[A]]' : '[[B]]') } });
    expect((await item(1, JUDGED)).figures.pairs.map((pair) => pair?.winner)).toEqual(['tie', 'derivative']);
  });

  it('asks no judge about a side that has no answer', async () => {
    const { asked, item } = setup({ scripts: { b: () => Promise.reject(new Error('no')), judge: () => '[[A]]' } });
    const { answers, figures } = await item(1, JUDGED);
    expect([answers.map(({ error }) => error?.code), figures.pairs]).toEqual([[undefined, 'internal_error'], [null]]);
    expect(asked.map(({ model }) => model)).toEqual(['a', 'b']);
  });

  it('scores the answer of the first under both, where that is wanted', async () => {
    const { scored, item } = setup({ models: ['a', 'b', 'c'], score: true, kl: ({ derivative }) => (derivative === 'b' ? 0.5 : null) });
    expect((await item(1)).figures.pairs.map((pair) => pair?.divergence)).toEqual([0.5, null]);
    const messages = [{ role: 'user', content: 'Which is best?' }];
    expect(scored).toEqual(['b', 'c'].map((derivative) => ({ baseline: 'a', derivative, messages, text: 'of a' })));
  });

  it('keeps the answers where they cannot be scored', async () => {
    const { item } = setup({
      score: true,
      kl: () => {
        throw new Error('no');
      },
    });
    const { answers, figures } = await item(1);
    expect([answers.map(({ text }) => text), figures.pairs[0]?.divergence]).toEqual([['of a', 'of b'], null]);
  });

  it.each<[string, Script]>([
    ['says nothing', () => ' \n'],
    ['fails', () => Promise.reject(new Error('no'))],
  ])('scores nothing where the first %s', async (_, a) => {
    const { scored, item } = setup({ score: true, scripts: { a } });
    await item(1);
    expect(scored).toEqual([]);
  });

  it('rejects where it is stopped while it scores', async () => {
    const gone = new Error('gone');
    const { item, leave } = setup({
      score: true,
      kl: () => {
        leave.abort(gone);
        throw new Error('stopped');
      },
    });
    await expect(item(1)).rejects.toBe(gone);
  });
});
