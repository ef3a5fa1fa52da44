import { type Comparison, compare, compareTexts, type MarkedText } from './compare';
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
    ['one two', 'one two three', 'one two {+three+}'],
    ['one two three', 'one three', 'one[- two-] three'],
    ['one\ntwo ', 'one two', 'one two'],
    ['Yes, **two** of them.', 'Yes, **three** of them.', 'Yes, **[-two-]{+three+}** of them.'],
  ])('%j and %j', (baseline, derivative, expected) => {
    expect(of(baseline, derivative)).toBe(expected);
  });
});

describe('two answers by their sentences', () => {
  it.each([
    ['1. Go. 2. Stay.', '1. Go. 2. Leave.', '1. Go. [-2. Stay.-]{+2. Leave.+}'],
    ['It rains.\nIt pours.', 'It rains. It pours.', 'It rains. It pours.'],
    ['One.\n\nTwo.', 'One.\n\nTwo.\n\nThree.', 'One. | Two. | {+Three.+}'],
    ['One.\n\nTwo.\n\nThree.', 'One.\n\nThree.', 'One. | [-Two.-] | Three.'],
  ])('%j and %j', (baseline, derivative, expected) => {
    expect(of(baseline, derivative, 'sentences')).toBe(expected);
  });

  it('are marked whole where more than half of the words differ', () => {
    const comparison = compare({ baseline: 'The sea is wide. It is cold.', derivative: 'High mountains rise up above us here. It is cold.', by: 'words' });
    expect(comparison).toMatchObject({ by: 'sentences', because: 'mostly', baseline: { own: 1 }, derivative: { own: 1 } });
  });
});

describe('code', () => {
  const code = (lines: string): string => `See:\n\n\`\`\`py\n${lines}\n\`\`\`\n\nDone.`;

  it('is compared name by name, its indentation too, and is no prose', () => {
    expect(of(code('if a.b:\n  go()\n  stop()'), code('if a.c:\n  go()\nstop()'))).toBe(
      'See: | <```py\nif a.[-b-]{+c+}:\n  go()\n[-  stop-]{+stop+}()\n```> | Done.',
    );
    expect(of('```\ngo\n```', 'go')).toBe('<[-```\ngo\n```-]> | {+go+}');
  });

  it('is compared line by line among sentences', () => {
    expect(of(code('a = 1\nb = 2'), code('a = 1\nb = 3'), 'sentences')).toBe('See: | <```py\na = 1\n[-b = 2\n-]{+b = 3+}\n```> | Done.');
  });

  it('ends with the answer where nothing closes it', () => {
    expect(of('~~~\na b', '~~~\na c')).toBe('<~~~\na [-b-]{+c+}>');
  });
});

describe('what stands in a pane', () => {
  const TEXT = 'One two.\n\n- three\n- four\n\n```js\nlet five;\n```\n\nSix.';

  it.each<[string, string, UnitKind]>([
    [TEXT, TEXT.replace('three', 'drei').replace('let five', 'const five').replace('Six', 'Seven'), 'words'],
    [TEXT, `${TEXT}\n\nEight.`, 'words'],
    [TEXT, '', 'words'],
    [TEXT, 'Nothing alike\n\n```\nat all\n```', 'sentences'],
    ['word '.repeat(2_000), `${'word '.repeat(1_000)}end`, 'words'],
    ['語'.repeat(4_000), '語', 'words'],
  ])('is all of its answer (%#)', (baseline, derivative, by) => {
    const comparison = compare({ baseline, derivative, by });
    for (const [whose, text] of [
      ['baseline', baseline],
      ['derivative', derivative],
    ] as const) {
      const own = comparison[whose].blocks.flatMap(({ runs }) => runs.filter(({ kind }) => kind !== 'other').map((run) => run.text)).join('');
      expect(own.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });

  it('is in blocks that are never long', () => {
    const { baseline } = compare({ baseline: `${'語'.repeat(9_000)}\n${'word '.repeat(9_000)}`, derivative: 'x', by: 'words' });
    const lengths = baseline.blocks.map(({ runs }) => runs.reduce((length, { text }) => length + text.length, 0));
    expect(Math.max(...lengths)).toBeLessThan(3_100);
  });
});

describe('texts that share little', () => {
  const unlike = (word: string, count: number): string => Array.from({ length: count }, (_, n) => `${word}${n}${n % 9 === 8 ? '.\n' : ''}`).join(' ');

  it('are told by their sentences, and where there are too many of those as a whole', () => {
    const begin = 'Both begin so.\n';
    expect(compare({ baseline: begin + unlike('a', 2_000), derivative: begin + unlike('b', 2_000), by: 'words' })).toMatchObject({ because: 'long' });
    const comparison = compare({ baseline: begin + unlike('a', 20_000), derivative: begin + unlike('b', 20_000), by: 'words' });
    expect(comparison).toMatchObject({ by: 'sentences', because: 'unlike' });
    expect(comparison.derivative.blocks[0]?.runs[0]).toMatchObject({ kind: 'same', text: begin });
  });

  it('have each paragraph apart', () => {
    const { derivative } = compare({ baseline: 'a\n\nb\n\nc', derivative: 'x\n\ny\n\nc', by: 'sentences' });
    expect(derivative.blocks.map(({ runs }) => runs.map(({ kind, text }) => [kind, text]))).toEqual([
      [['other', 'a']],
      [['other', 'b']],
      [['own', 'x']],
      [['own', 'y']],
      [['same', 'c']],
    ]);
  });

  it('are the same where only white space differs', () => {
    expect(compare({ baseline: 'a\nb', derivative: 'a b', by: 'words' }).isSame).toBe('words');
    expect(compare({ baseline: 'a b', derivative: 'a b', by: 'sentences' }).isSame).toBe('text');
    expect(compare({ baseline: 'a b', derivative: 'a c', by: 'words' }).isSame).toBe('no');
  });
});

describe('two texts as they are', () => {
  it.each([
    ['  one\n\n\ttwo  ', '  one\n\n\n three '],
    ['', 'x'],
    ['```\ncode\n```\n', 'prose'],
    ['a b c', 'a b c'],
  ])('keep every character: %j, %j', (baseline, derivative) => {
    const { baseline: ours, derivative: theirs } = compareTexts({ baseline, derivative, by: 'words' });
    const own = ({ runs }: MarkedText): string =>
      runs
        .filter(({ kind }) => kind !== 'other')
        .map(({ text }) => text)
        .join('');
    expect([own(ours), own(theirs)]).toEqual([baseline, derivative]);
  });

  it('are compared by sentences as soon as more words differ than may be looked for', () => {
    const [baseline, derivative] = ['A b c d e. F g h i j k l m.', 'A b x d e. F g h i j k l m.'];
    const by = (mostEdits: number) => compareTexts({ baseline, derivative, by: 'words', mostEdits });
    expect([by(2).by, by(2).derivative.own]).toEqual(['words', 1]);
    expect([by(1).by, by(1).because]).toEqual(['sentences', 'unlike']);
  });
});
