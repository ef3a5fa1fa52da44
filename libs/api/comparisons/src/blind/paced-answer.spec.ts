import { PacedAnswer } from './paced-answer';

function setup() {
  const shown: [string[], string[]] = [[], []];
  const answers = PacedAnswer.pair();
  answers.forEach((answer, side) => answer.open((text) => shown[side]?.push(text)));
  return { shown, answers, never: new AbortController().signal };
}

describe('two answers that are shown equally far', () => {
  it('go in steps of the same length, whoever is faster', () => {
    const { shown, answers } = setup();
    answers[0].receive('abc', false);
    answers[0].receive('defg', false);
    expect(shown).toEqual([[], []]);
    answers[1].receive('12345', false);
    answers[1].receive('6', false);
    expect(shown).toEqual([
      ['abcde', 'f'],
      ['12345', '6'],
    ]);
  });

  it('lose nothing: what is longer is shown when the other has ended', async () => {
    const { shown, answers, never } = setup();
    answers[0].receive('abc', false);
    const drained = answers[0].drained(never);
    answers[1].receive('1', false);
    await answers[1].drained(never);
    answers[1].end();
    await drained;
    expect(shown.map((texts) => texts.join(''))).toEqual(['abc', '1']);
  });

  it('are never cut within a character', () => {
    const { shown, answers } = setup();
    answers[0].receive('😀😀', false);
    answers[1].receive('1', false);
    expect(shown[0]).toEqual(['😀']);
  });

  it('do not wait for each other once nobody wants them', async () => {
    const { answers } = setup();
    const stop = new AbortController();
    answers[0].receive('abc', false);
    const drained = answers[0].drained(stop.signal);
    stop.abort();
    await drained;
    expect(stop.signal.aborted).toBe(true);
  });
});
