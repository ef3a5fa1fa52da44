import { cutItems } from './json-items';

const cut = (text: string) => cutItems(text, 'prompts');

describe('cutItems', () => {
  it.each<[string, string[], number[], unknown]>([
    ['[]', [], [], []],
    ['[1]', ['1'], [1], [0]],
    ['[ "a" , {"b":[1,2]},\n[3, 4] ]', ['"a" ', '{"b":[1,2]}', '[3, 4] '], [1, 1, 2], [0, 0, 0]],
    ['[",]}", "\\"", "\\\\"]', ['",]}"', '"\\""', '"\\\\"'], [1, 1, 1], [0, 0, 0]],
    ['{"prompts":[1,2]}', ['1', '2'], [1, 1], { prompts: [0, 0] }],
    ['{"name":"prompts",\n"prompts":\n[1\n,\n2]}', ['1\n', '2'], [3, 5], { name: 'prompts', prompts: [0, 0] }],
    ['{"a":{"prompts":[1]},"prompts":[2]}', ['2'], [1], { a: { prompts: [1] }, prompts: [0] }],
    ['{"a":[1],"prompts":[2]}', ['2'], [1], { a: [1], prompts: [0] }],
    ['{"prompts":[1],"b":[2,3]}', ['1'], [1], { prompts: [0], b: [2, 3] }],
    ['{"prompts":{"prompts":[1]}}', [], [], { prompts: { prompts: [1] } }],
    ['{"prompts":7}', [], [], { prompts: 7 }],
    ['7', [], [], 7],
  ])('of %j', (text, texts, lines, frame) => {
    const found = cut(text);
    expect(found.items.map((item) => item.text)).toEqual(texts);
    expect(found.items.map(({ line }) => line)).toEqual(lines);
    expect(JSON.parse(found.frame)).toEqual(frame);
  });

  it.each(['[1,,2]', '[1,]', '[,1]', '[1', '[1}', '{"prompts":[1}', '{"prompts":[1]', '["a', '[1]]', '', '[1] 2'])(
    'leaves a frame that is no JSON either of %j',
    (text) => {
      expect(() => JSON.parse(cut(text).frame) as unknown).toThrow();
    },
  );

  it('leaves everything on its line', () => {
    const text = '{\n"prompts": [\n{\n"prompt": "a"\n},\n\n{"prompt": "b"}\n],\n"oops": x\n}';
    const { items, frame } = cut(text);
    expect(items.map(({ line }) => line)).toEqual([3, 7]);
    expect(frame.split('\n').findIndex((line) => line.includes('oops'))).toBe(text.split('\n').findIndex((line) => line.includes('oops')));
  });

  it('goes down no stack: a list nested 200,000 times is one item', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(cut(`[${deep}]`).items).toEqual([{ text: deep, line: 1 }]);
  });
});
