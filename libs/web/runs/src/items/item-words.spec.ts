import { answerOf, FAILED, itemOf } from '../testing/item';
import { historyOf, pairOf, promptOf } from './item-answers';
import { firstLine, isFlip, sayCheck, sayFirstDifference, sayNumbers, sayTokens } from './item-words';
import { Similarities } from './similarities';

const pair = (one: string, other: string) => ({ baseline: answerOf(one), derivative: answerOf(other) });

describe('an item in its row', () => {
  it('has the answers of a pair, or of the variant that is compared', () => {
    const [a, b, c] = [answerOf('a'), answerOf('b'), answerOf('c')];
    expect(pairOf({ answers: { baseline: a, derivative: b } }, 0)).toEqual({ baseline: a, derivative: b });
    expect(pairOf({ answers: [a, b, c] }, 1)).toEqual({ baseline: a, derivative: c });
    expect(pairOf({ answers: {} }, 0)).toEqual({ baseline: undefined, derivative: undefined });
  });

  it('is what was asked last, behind what went before', () => {
    const messages = [{ role: 'user', content: 'Hi' } as const, { role: 'assistant', content: 'Yes?' } as const, { role: 'user', content: 'Why?' } as const];
    expect([promptOf({ prompt: 'What?' }), promptOf({ messages })]).toEqual(['What?', 'Why?']);
    expect(historyOf({ system: 'Be brief.', messages }).map(({ content }) => content)).toEqual(['Be brief.', 'Hi', 'Yes?']);
    expect(historyOf({})).toEqual([]);
  });

  it.each([
    [answerOf('\n\nParis.  \nIt is'), 'Paris.'],
    [answerOf('x'.repeat(300)), 'x'.repeat(200)],
    [FAILED, 'It took too long.'],
    [undefined, ''],
  ])('begins with the first line that says something', (answer, line) => expect(firstLine(answer)).toBe(line));

  it.each([
    [pair('The cat sat', 'The dog sat'), 'word 2'],
    [pair('Same', 'Same'), 'none'],
    [pair('Same', 'Same\n'), 'white space'],
    [pair('a'.repeat(60_000), 'b'), 'too long'],
    [{ baseline: answerOf('a'), derivative: FAILED }, '–'],
    [{ baseline: undefined, derivative: undefined }, '–'],
  ])('tells where the answers part', (of, words) => expect(sayFirstDifference(of)).toBe(words));

  it('tells what the checks of each side found, and whether they flip', () => {
    expect([answerOf('a', true), answerOf('a', false), answerOf('a', null), answerOf('a'), FAILED, undefined].map((answer) => sayCheck(answer)?.words)).toEqual(
      [...['passed', 'not passed', 'could not be told'], ...[undefined, undefined, undefined]],
    );
    const flips = (one: boolean | null, other: boolean | null) => isFlip({ baseline: answerOf('a', one), derivative: answerOf('b', other) });
    expect([flips(true, false), flips(false, true), flips(true, true), flips(null, true)]).toEqual([true, true, false, false]);
  });

  it('has its numbers, and a dash for what is not known', () => {
    expect(sayNumbers(itemOf('a', {}))).toEqual({ lengthRatio: '1.20×', divergence: '1.150', latency: '1.3 s' });
    expect(sayNumbers({ length_ratio: null, divergence: null, latency: null })).toEqual({ lengthRatio: '–', divergence: '–', latency: '–' });
    expect([
      sayTokens(pair('a', 'b')),
      sayTokens({ baseline: answerOf('a'), derivative: FAILED }),
      sayTokens({ baseline: FAILED, derivative: FAILED }),
    ]).toEqual([...['7 to 7', '7 to –'], '–']);
  });
});

describe('Similarities', () => {
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  it('are found out in between, once for each row', async () => {
    const similarities = new Similarities(0);
    const cat = pair('The cat sat on the mat.', 'The dog sat on a mat.');
    const letters = pair('abcd', 'abce');
    const said = [similarities.of(cat), similarities.of(letters)];
    expect(said.map((each) => each())).toEqual(['', '']);
    similarities.look([cat, letters]);
    await turn();
    await turn();
    await turn();
    expect(said.map((each) => each())).toEqual(['73.9 %', '75 %']);
    expect(similarities.of(cat)).toBe(said[0]);
  });

  it('are not found out of rows that went out of view before their turn', async () => {
    const similarities = new Similarities(0);
    const [gone, there] = [pair('one two', 'one three'), pair('abcd', 'abce')];
    const said = [gone, there].map((each) => similarities.of(each));
    similarities.look([gone]);
    similarities.look([there]);
    for (let count = 0; count < 4; count++) await turn();
    expect(said.map((each) => each())).toEqual(['', '75 %']);
    similarities.look([gone]);
    for (let count = 0; count < 2; count++) await turn();
    expect(said.map((each) => each())).toEqual(['55.6 %', '75 %']);
  });

  it.each([
    ['the same text', pair('same', 'same'), '100 %'],
    ['texts that take too long', pair('a'.repeat(2_000), 'b'.repeat(2_000)), '–'],
    ['an answer that failed', { baseline: answerOf('a'), derivative: FAILED }, '–'],
  ])('are told at once of %s', (_, of, words) => expect(new Similarities().of(of)()).toBe(words));
});
