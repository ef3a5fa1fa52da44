import { type Comparison, compare } from './compare';
import { type Whose } from './stretches';
import { type UnitKind } from './unit';

/** An answer as it is shown alone: `[-removed-]{+added+}`, blocks on lines of their own. */
const shown = (comparison: Comparison, whose: Whose): string =>
  comparison[whose].blocks
    .map(({ isCode, runs }) => {
      const text = runs
        .map(({ kind, text }) => (kind === 'same' ? text : (kind === 'own') === (whose === 'baseline') ? `[-${text}-]` : `{+${text}+}`))
        .join('');
      return isCode ? `<${text}>` : text;
    })
    .join(' | ');

const of = (baseline: string, derivative: string, by: UnitKind = 'words'): string => shown(compare({ baseline, derivative, by }), 'derivative');

describe('two answers by their words', () => {
  it.each([
    ['The cat sat on the mat.', 'The dog sat on a mat.', 'The [-cat -]{+dog+} sat on [-the -]{+a+} mat.'],
    ['It costs 3.50 euros, not 4.', 'It costs 3.75 euros, not 4!', 'It costs [-3.50 -]{+3.75+} euros, not 4[-.-]{+!+}'],
    ['良い', '悪い', '[-良い-]{+悪い+}'],
    ['a 👨‍👩‍👧 b', 'a 👨‍👩‍👦 b', 'a [-👨‍👩‍👧 -]{+👨‍👩‍👦+} b'],
    ['one two', 'one two three', 'one two{+ three+}'.replace('{+ ', ' {+')],
    ['one two three', 'one three', 'one[- two-] three'],
    ['one\ntwo ', 'one two', 'one two'],
    ['Yes, **two** of them.', 'Yes, **three** of them.', 'Yes, **[-two-]{+three+}** of them.'],
  ])('%j and %j', (baseline, derivative, expected) => {
    expect(of(baseline, derivative)).toBe(expected);
  });
});
