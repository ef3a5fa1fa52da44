import { readCsv } from './read-csv';
import type { RawPrompt } from './raw-prompt';

async function read(text: string): Promise<RawPrompt[]> {
  const prompts: RawPrompt[] = [];
  for await (const prompt of readCsv(text)) prompts.push(prompt);
  return prompts;
}

describe('readCsv', () => {
  it.each<[string, string, RawPrompt[]]>([
    ['one column', 'prompt\na\nb\n', [2, 3].map((line, at) => ({ line, value: { prompt: 'ab'[at] } }))],
    ['no line break at the end', 'prompt\na', [{ line: 2, value: { prompt: 'a' } }]],
    ['CRLF', 'prompt,id\r\na,1\r\n', [{ line: 2, value: { prompt: 'a', id: '1' } }]],
    ['line ends of one sign', 'prompt\ra\r', [{ line: 2, value: { prompt: 'a' } }]],
    ['names with blanks and capitals', ' Prompt , ID\na,1', [{ line: 2, value: { prompt: 'a', id: '1' } }]],
    ['cells that are empty', 'prompt,id,system\na,,""', [{ line: 2, value: { prompt: 'a' } }]],
    ['quotation marks', 'prompt\n"say ""hi"", please"', [{ line: 2, value: { prompt: 'say "hi", please' } }]],
    ['blanks in a cell', 'prompt\n" a "\n b ', [' a ', ' b '].map((prompt, at) => ({ line: at + 2, value: { prompt } }))],
    ['tags', 'prompt,tags\na,x; y ;z', [{ line: 2, value: { prompt: 'a', tags: ['x', 'y', 'z'] } }]],
    ['JSON', 'prompt,check\na,"{""type"":""json""}"', [{ line: 2, value: { prompt: 'a', check: { type: 'json' } } }]],
    ['a name of an object', 'prompt,reference\na,__proto__', [{ line: 2, value: { prompt: 'a', reference: '__proto__' } }]],
    ['nothing', '', []],
    ['a head alone', 'prompt\n', []],
  ])('takes %s', async (_, text, prompts) => {
    expect(await read(text)).toEqual(prompts);
  });

  it.each([
    ['prompt\n\n\na\n\nb\n', [4, 6]],
    ['prompt\n"a\nb"\nc\n', [2, 4]],
    ['prompt\n\n"\na\n"\n\n"b"\n', [3, 7]],
    ['prompt,id\n"a\n",1\n"\nb",2', [2, 4]],
    ['\n\nprompt\na\n', [4]],
    ['prompt\r\n"a\r\nb"\r\nc\r\n', [2, 4]],
  ])('tells the line in which a record of %j begins', async (text, lines) => {
    expect((await read(text)).map(({ line }) => line)).toEqual(lines);
  });

  it('tells lines over pieces that cut records apart', async () => {
    const long = 'x'.repeat(20_000);
    const prompts = await read(`prompt\n${`"${long}\n${long}"\n`.repeat(5)}`);
    expect(prompts.map(({ line }) => line)).toEqual([2, 4, 6, 8, 10]);
    expect(prompts.every(({ value }) => (value as { prompt: string }).prompt === `${long}\n${long}`)).toBe(true);
  });

  it.each<[string, string, { line: number; field?: string }]>([
    ['an unknown column', 'prompt,answer\na,b', { line: 1, field: 'answer' }],
    ['a column twice, however it is spelled', 'prompt,Prompt\na,b', { line: 1, field: 'prompt' }],
    ['too few cells', 'prompt,id\na,1\nb', { line: 3 }],
    ['too many cells', 'prompt\n\na,b\n', { line: 3 }],
    ['too many cells after a record of two lines', 'prompt\n"a\nb"\nc,d', { line: 4 }],
    ['a cell that is no JSON', 'prompt,check\n"a\nb",{', { line: 2, field: 'check' }],
    ['messages that are no JSON', 'messages\nhello', { line: 2, field: 'messages' }],
    ['a quotation mark inside a cell', 'prompt\na "b"\n', { line: 2 }],
    ['text behind a quotation', 'prompt\na\n"b"c\n', { line: 3 }],
  ])('refuses %s, with the line', async (_, text, place) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'invalid_request', place });
  });

  it.each(['prompt,\na,\n', 'prompt,,id\na,,1\n'])('says of a column without a name that it has none: %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({
      place: { line: 1 },
      message: 'Line 1: column 2 has no name; there are id, prompt, messages, system, reference, tags, check.',
    });
  });

  it('refuses a quotation that never ends', async () => {
    await expect(read('prompt\na\n"b\nc\n')).rejects.toMatchObject({ code: 'invalid_request', place: { line: expect.any(Number) } });
  });

  it('ends with whoever stops reading', async () => {
    for await (const { value } of readCsv(`prompt\n${'a\n'.repeat(100_000)}`)) {
      expect(value).toEqual({ prompt: 'a' });
      break;
    }
  });
});
