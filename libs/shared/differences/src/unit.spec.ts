import { partsOf } from './part';
import { type UnitKind, unitsOf } from './unit';

/** What each unit is of the text itself. */
const cut = (text: string, kind: UnitKind): readonly string[] => unitsOf(text, kind).map(({ begin, end }) => text.slice(begin, end));
const keys = (text: string, kind: UnitKind): readonly string[] => unitsOf(text, kind).map(({ key }) => key);

/** The parts of a text, code in brackets. */
const parts = (text: string): readonly string[] =>
  partsOf(text).map(({ isCode, begin, end }) => (isCode ? `<${text.slice(begin, end)}>` : text.slice(begin, end)));

describe('the words of a text', () => {
  it.each<[string, string, readonly string[]]>([
    ['words and signs', 'The cat sat.', ['The', 'cat', 'sat', '.']],
    ['numbers with their point', '3.50 euros, not 1,000.', ['3.50', 'euros', ',', 'not', '1,000', '.']],
    ['what languages without spaces have for words', '良い天気', ['良い', '天気']],
    ['characters of several as one', '👨‍👩‍👧🇦🇹é', ['👨‍👩‍👧', '🇦🇹', 'é']],
    ['words with an apostrophe as one', 'It isn’t.', ['It', 'isn’t', '.']],
    ['no white space', ' \n\t ', []],
  ])('are %s', (_, text, words) => {
    expect(cut(text, 'words')).toEqual(words);
  });

  it.each(['The  cat\n\nsat. 良い 👨‍👩‍👧', '- one\n- two\n```js\n  let a = 1.5;\n```\nend'])('are in their order, apart, and all but white space: %j', (text) => {
    const units = unitsOf(text, 'words');
    for (const [at, { begin, end }] of units.entries()) {
      expect(begin).toBeGreaterThanOrEqual(units[at - 1]?.end ?? 0);
      expect(end).toBeGreaterThan(begin);
    }
    expect(cut(text, 'words').join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });
});

describe('the sentences of a text', () => {
  it.each<[string, string, readonly string[]]>([
    ['sentences, without the space between', 'It rains.  It pours. ', ['It rains.', 'It pours.']],
    ['with the number of their item', '1. Go.\n2. Stay.', ['1. Go.', '2. Stay.']],
    ['apart by empty lines, too', 'A title\n\nThen text', ['A title', 'Then text']],
    ['of other languages', '良い。悪い。', ['良い。', '悪い。']],
    ['lines of code, with their indentation', '```\nif a:\n\n  go\n```', ['```', 'if a:', '  go', '```']],
  ])('are %s', (_, text, sentences) => {
    expect(cut(text, 'sentences')).toEqual(sentences);
  });

  it('end with their line at the latest', () => {
    expect(cut('Roses are red\nViolets are blue', 'sentences')).toEqual(['Roses are red', 'Violets are blue']);
  });

  it('are the same whatever white space is in them and between them', () => {
    expect(keys('It\t rains.\nIt pours.', 'sentences')).toEqual(keys('It rains. It  pours.', 'sentences'));
  });
});

describe('the parts of a text', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['a\nb', ['a\nb']],
    ['a\n```\nb\n```\nc', ['a\n', '<```\nb\n```\n>', 'c']],
    ['~~~\n```\n~~~~', ['<~~~\n```\n~~~~>']],
    ['````\n```\n````\na', ['<````\n```\n````\n>', 'a']],
    ['- ```js\n  b\n  ```\n- c', ['<- ```js\n  b\n  ```\n>', '- c']],
    ['```a``` is code in a line', ['```a``` is code in a line']],
    ['a\n```\nb', ['a\n', '<```\nb>']],
    ['```\na\n```\n```\nb\n```', ['<```\na\n```\n>', '<```\nb\n```>']],
  ])('are prose, and code with its fences: %j', (text, expected) => {
    expect(parts(text)).toEqual(expected);
    expect(parts(text).join('').replace(/[<>]/g, '')).toBe(text);
  });

  it.each<UnitKind>(['words', 'sentences'])('make code another thing than prose that reads the same, by %s', (kind) => {
    const code = keys('```\ngo\n```', kind);
    expect(keys('go', kind).filter((key) => code.includes(key))).toEqual([]);
  });
});
