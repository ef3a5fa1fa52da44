import { type ModelCard, RUN_LIMITS } from '@tandem/shared/contracts';
import { RunForm } from './run-form';

const card = (id: string, scoring: ModelCard['scoring'] = 'prefill'): [string, ModelCard] => [id, { id, title: `Model ${id}`, scoring } as ModelCard];
const CARDS = new Map([card('a'), card('b'), card('c'), card('far', 'none'), card('new', 'unknown')]);

function formOf(...models: string[]): RunForm {
  const form = new RunForm();
  form.takePair(models[0] ?? null, models[1] ?? null);
  form.set.set('general');
  return form;
}

describe('RunForm', () => {
  it('asks for a pair', () => {
    const form = formOf('a', 'b');
    expect(form.obstacle(CARDS)).toBe('');
    expect(form.request(CARDS)).toEqual({
      ...{ baseline: 'a', derivative: 'b', prompt_set: 'general', repeats: 1, score: false },
      parameters: { temperature: 0, top_p: 0.9, top_k: 0, repetition_penalty: 1, max_tokens: 512 },
    });
  });

  it('asks for several models, up to as many as a run has', () => {
    const form = formOf('a', 'b');
    form.addModel();
    expect(form.models()).toHaveLength(2);
    form.kind.set('variants');
    form.addModel();
    form.choose(2, 'c');
    expect(form.request(CARDS)).toMatchObject({ variants: ['a', 'b', 'c'] });
    for (let more = 0; more < RUN_LIMITS.variants; more++) form.addModel();
    expect([form.models().length, form.canGrow()]).toEqual([RUN_LIMITS.variants, false]);
    form.kind.set('pair');
    expect(form.models()).toEqual(['a', 'b']);
  });

  it('keeps two of them', () => {
    const form = formOf('a', 'b');
    form.kind.set('variants');
    form.addModel();
    form.choose(2, 'c');
    form.removeModel(0);
    form.removeModel(0);
    expect(form.models()).toEqual(['b', 'c']);
  });

  it('sends a seed where one was chosen', () => {
    const form = formOf('a', 'b');
    form.parameters.update((parameters) => ({ ...parameters, seed: 7 }));
    expect(form.request(CARDS).parameters).toMatchObject({ seed: 7 });
  });

  it.each<[string, (form: RunForm) => void, RegExp]>([
    ['a model is missing', (form) => form.choose(1, null), /^Choose every model/],
    ['a model is gone', (form) => form.choose(1, 'gone'), /“gone”/],
    ['no set is chosen', (form) => form.set.set(undefined), /prompt set/],
    [
      'two of several are the same',
      (form) => {
        form.kind.set('variants');
        form.choose(1, 'a');
      },
      /the same/,
    ],
  ])('cannot be started where %s, and says so', (_, change, words) => {
    const form = formOf('a', 'b');
    change(form);
    expect(form.obstacle(CARDS)).toMatch(words);
  });

  it('scores where that is not known to be impossible, and says why it is not', () => {
    const form = formOf('a', 'far');
    form.isScored.set(true);
    expect(form.scoringObstacle(CARDS)).toMatch(/^Model far cannot be scored/);
    expect(form.request(CARDS).score).toBe(false);
    form.choose(1, 'new');
    expect([form.scoringObstacle(CARDS), form.request(CARDS).score]).toEqual(['', true]);
  });
});
