import { addToDocument } from './add-to-document';

const MINE = { name: 'Mine', endpoint: 'localhost:8000' };
const OLD = { name: 'Old', endpoint: 'localhost:8001' };

describe('addToDocument', () => {
  it('adds at the end of its list, and leaves the rest as it was written', () => {
    const text = `{\n    "note":    "ours",\n    "baseline_models": [\n        { "name": "Old", "endpoint": "localhost:8001" }\n    ]\n}\n`;
    const added = addToDocument(text, 'baseline_models', MINE, []);
    expect(JSON.parse(added)).toEqual({ note: 'ours', baseline_models: [OLD, MINE] });
    expect(added).toContain('{\n    "note":    "ours",\n');
    expect(added).toContain('\n        {\n            "name": "Mine",\n');
    expect(added.endsWith('}\n')).toBe(true);
  });

  it.each([
    ['an empty list', '{"twodelta_models":[]}', [MINE]],
    ['a list on one line', '{"twodelta_models":[{"name":"Old","endpoint":"localhost:8001"}]}', [OLD, MINE]],
    ['no such list', '{"baseline_models":[]}', [OLD, MINE]],
    ['an empty document', '{}', [OLD, MINE]],
  ])('adds to %s', (_, text, models) => {
    expect(JSON.parse(addToDocument(text, 'twodelta_models', MINE, [OLD]))).toMatchObject({ twodelta_models: models });
  });

  it('keeps the byte order mark, the tabs and the line ends', () => {
    const added = addToDocument('\uFEFF{\r\n\t"baseline_models": []\r\n}', 'baseline_models', MINE, []);
    expect(added.startsWith('\uFEFF{\r\n\t"baseline_models": [\r\n\t\t{\r\n\t\t\t"name": "Mine"')).toBe(true);
    expect(added.replaceAll('\r\n', '')).not.toContain('\n');
  });
});
