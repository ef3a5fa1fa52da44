import { StopMatcher } from './stop-matcher';

function run(stops: readonly string[], pieces: readonly string[]) {
  const matcher = new StopMatcher(stops);
  const given = pieces.map((piece) => matcher.push(piece));
  return { given, text: given.join('') + matcher.flush(), isStopped: matcher.isStopped };
}

describe('StopMatcher', () => {
  it.each([
    { title: 'lets everything through without stop strings', stops: [], pieces: ['a', 'b'], text: 'ab', isStopped: false },
    { title: 'ends before a stop string', stops: ['END'], pieces: ['one END two'], text: 'one ', isStopped: true },
    { title: 'finds one that is spread over pieces', stops: ['END'], pieces: ['one E', 'N', 'D two'], text: 'one ', isStopped: true },
    { title: 'gives out what only began like one', stops: ['END'], pieces: ['one E', 'N', 'T two'], text: 'one ENT two', isStopped: false },
    { title: 'gives out a held beginning at the end', stops: ['END'], pieces: ['one EN'], text: 'one EN', isStopped: false },
    { title: 'takes the first of several', stops: ['two', 'one'], pieces: ['zero one two'], text: 'zero ', isStopped: true },
    { title: 'finds one after its own false start', stops: ['aab'], pieces: ['a', 'a', 'a', 'b'], text: 'a', isStopped: true },
    { title: 'ignores what follows', stops: ['.'], pieces: ['a.', 'b'], text: 'a', isStopped: true },
  ])('$title', ({ stops, pieces, text, isStopped }) => {
    expect(run(stops, pieces)).toMatchObject({ text, isStopped });
  });

  it('holds back no more than could become a stop string', () => {
    expect(run(['</s>'], ['text <', '/', 'x']).given).toEqual(['text ', '', '</x']);
  });
});
