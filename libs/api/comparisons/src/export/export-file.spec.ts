import { FORMATS } from '../requests/queries.dto';
import { comparison, content, exported, ID, oneTurn } from '../testing/kept-content';
import { exportFile } from './export-file';

const textOf = (...[kept, format]: [ReturnType<typeof comparison>, (typeof FORMATS)[number]]): string =>
  [...exportFile(exported(kept), format).pieces].join('');

const HOSTILE = ['</script>', '"\\', 'a\nb\r\nc', '\u2028\u2029', '🚲 良い', '\u0001\u001f\u007f', 'x'.repeat(100_000)];
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);

describe('a comparison as a file', () => {
  it.each([
    ['json', 'application/json'],
    ['jsonl', 'application/x-ndjson'],
    ['csv', 'text/csv'],
    ['md', 'text/markdown'],
    ['html', 'text/html'],
  ] as const)('as %s says that it is %s', (format, type) => {
    expect(exportFile(exported(comparison()), format).type).toBe(type);
  });

  it.each(FORMATS)('as %s is the same each time, and leaves what was kept as it was', (format) => {
    const kept = comparison();
    expect(textOf(kept, format)).toEqual(textOf(kept, format));
    expect(kept).toEqual(comparison());
  });
});

describe('a comparison as JSON', () => {
  it('is what can be sent again: the content, without what the server gave it', () => {
    expect(JSON.parse(textOf(comparison(), 'json'))).toEqual(content());
  });

  it('can be read by people, and ends with a line', () => {
    expect(textOf(comparison(), 'json')).toMatch(/^\{\n {2}"title": "Bicycles",\n[^]*\n\}\n$/);
  });

  it.each(HOSTILE)('gives back any text: %j', (text) => {
    const sent = content({ title: text, note: text, system: text, ...oneTurn(text, text) });
    expect(JSON.parse(textOf(comparison(sent), 'json'))).toEqual(sent);
  });

  it('keeps nothing apart from null', () => {
    const sent = content({ note: '', system: null, config_version: null, parameters: { baseline: {}, derivative: {} } });
    expect(JSON.parse(textOf(comparison(sent), 'json'))).toEqual(sent);
  });
});

describe('a comparison as JSON Lines', () => {
  it('has in each line what holds for all of them, and the turn with its number', () => {
    const { turns, baseline, derivative, ...common } = comparison();
    const lines = linesOf(textOf(comparison(), 'jsonl'));
    expect(lines).toEqual(turns.map((turn, number) => ({ ...common, baseline_id: baseline, derivative_id: derivative, turn: number, ...turn })));
    expect(lines[0]).toMatchObject({ id: ID, baseline_id: 'old', derivative_id: 'new', baseline: { text: 'A bicycle.' }, derivative: { seed: 7 } });
  });

  it.each(HOSTILE)('keeps %j within its line', (text) => {
    expect(linesOf(textOf(comparison({ title: text, ...oneTurn(text, text) }), 'jsonl'))).toMatchObject([
      { title: text, prompt: text, baseline: { text }, derivative: { text } },
    ]);
  });
});
