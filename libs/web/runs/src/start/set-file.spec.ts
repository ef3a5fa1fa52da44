import { PROMPT_SET_LIMITS } from '@tandem/shared/contracts';
import { formatOf, refusalOf, setOfFile, setOfText } from './set-file';

describe('how a prompt set is written', () => {
  it.each([
    ['{"prompt":"a"}\n{"prompt":"b"}', 'jsonl'],
    ['{"prompt":"a"}', 'jsonl'],
    ['{"prompt": broken\n{"prompt":"b"}', 'jsonl'],
    ['\uFEFF\n[{"prompt":"a"}]', 'json'],
    ['{"name":"mine","prompts":[]}', 'json'],
    ['{\n  "name": "mine",\n  "prompts": [', 'json'],
    ['prompt,reference\nWhat?,That', 'csv'],
    ['', 'csv'],
  ])('%j is %s', (text, format) => expect(formatOf(text)).toBe(format));

  it.each([
    ['mine.jsonl', 'x', 'application/x-ndjson', 'mine'],
    ['my.own.CSV', 'x', 'text/csv', 'my.own'],
    ['mine.json', 'x', 'application/json', ''],
    ['mine', '{"prompt":"a"}', 'application/x-ndjson', 'mine'],
    ['mine.txt', 'prompt\nHi', 'text/csv', 'mine.txt'],
  ])('is told of %s by its ending, else by its content', async (name, text, type, called) => {
    const file = Object.assign(new File([text], name), { text: async () => text });
    const { body, name: named } = await setOfFile(file);
    expect([body.type, named]).toEqual([type, called]);
  });

  it('is told of a pasted text by itself', () => {
    const { body, name } = setOfText('[{"prompt":"a"}]', ' Mine ');
    expect([body.type, name]).toEqual(['application/json', 'Mine']);
  });

  it('must not be larger than the server takes', () => {
    const sized = (size: number) => ({ body: { size } as Blob, name: '' });
    expect(refusalOf(sized(PROMPT_SET_LIMITS.bytes))).toBe('');
    expect(refusalOf(sized(PROMPT_SET_LIMITS.bytes * 1.5))).toBe('The file has 48 MiB; a prompt set takes 32 MiB. Split it.');
  });
});
