import { answer, conversation, question } from '../testing/records';
import { asMarkdown } from './as-markdown';
import { toChatFile } from './chat-file';
import { readChatFile } from './read-chat-file';
import { fileName } from '@tandem/web/design';
import { checkSize, UnreadableFile } from '@tandem/web/history/records';
import { withNewIds } from '../tree/with-new-ids';

const FAULT = { code: 'upstream_idle', message: 'It fell silent.', retryable: true } as const;
const RED = 'data:image/png;base64,iVBORw0KGgo=';
const WHOLE = {
  conversation: conversation({ title: 'Rivers', leaf: 'a4', system: 'Be brief.', createdAtMs: 1_000, updatedAtMs: 2_000 }),
  messages: [
    question('q1', null, 'Where to?', { images: [{ url: RED, name: 'map.png', width: 8, height: 4 }] }),
    answer('a2', 'q1', 'To the sea.', { thoughts: 'Hm.', usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }, writer: '' }),
    question('q3', 'a2', 'And then?'),
    answer('a4', 'q3', 'Up', { calls: [{ index: 0, name: 'lift', arguments: '{"to":1}' }], end: { kind: 'failed', fault: FAULT }, sentFrom: 'q3', writer: '' }),
    answer('a5', 'q3', 'Ra', { end: null, writer: '' }),
  ],
};
const file = (change: (file: ReturnType<typeof JSON.parse>) => void = () => undefined): string => {
  const copy = JSON.parse(JSON.stringify(toChatFile([WHOLE], 0)));
  change(copy);
  return JSON.stringify(copy);
};

describe('readChatFile', () => {
  it('reads what was exported', () => {
    expect(readChatFile(file())).toEqual([WHOLE]);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{"format":', /not JSON/],
    ['something else', '{"hello":1}', /not a file of conversations/],
    ['a list', '[]', /not a file of conversations/],
    ['a later version', file((it) => (it.version = 2)), /newer version/],
    ['no list', file((it) => (it.conversations = {})), /conversations must be a list/],
    ['a conversation without title', file((it) => delete it.conversations[0].title), /conversations\[0\]\.title must be text/],
    [
      'an image that lies elsewhere',
      file((it) => (it.conversations[0].messages[0].images[0].url = 'https://example.com/a.png')),
      /messages\[0\]\.images\[0\]\.url must be an image as a data URL/,
    ],
    ['a call without a name', file((it) => delete it.conversations[0].messages[3].tool_calls[0].name), /messages\[3\]\.tool_calls\[0\]\.name must be text/],
    ['a strange role', file((it) => (it.conversations[0].messages[1].role = 'system')), /messages\[1\]\.role must be "user"/],
    ['a time that is none', file((it) => (it.conversations[0].created_at = 'soon')), /created_at must be a time/],
    ['a missing parent', file((it) => (it.conversations[0].messages[2].parent = 'gone')), /some parent is missing/],
    ['a circle', file((it) => (it.conversations[0].messages[0].parent = 'a4')), /must be a tree/],
    ['an id used twice', file((it) => (it.conversations[0].messages[2].id = 'q1')), /ids of their own/],
  ])('refuses %s, and says what is wrong', (_, text, words) => {
    expect(() => readChatFile(text)).toThrow(UnreadableFile);
    expect(() => readChatFile(text)).toThrow(words);
  });

  it.each<[string, string, RegExp]>([
    ['conversations', file((it) => (it.conversations = new Array(20_001).fill({}))), /20,001 conversations, and 20,000 can/],
    ['messages', file((it) => (it.conversations[0].messages = new Array(20_001).fill({}))), /conversations\[0\] has 20,001 messages/],
    ['text', file((it) => (it.conversations[0].messages[0].text = 'x'.repeat(8_000_001))), /messages\[0\]\.text has 8,000,001 characters/],
  ])('refuses too much %s, and says what is the most', (_, text, words) => {
    expect(() => readChatFile(text)).toThrow(UnreadableFile);
    expect(() => readChatFile(text)).toThrow(words);
  });

  it('refuses a file that is too large before it is read', () => {
    expect(() => checkSize(200_000_000)).not.toThrow();
    expect(() => checkSize(200_000_001)).toThrow(/201 MB, and 200 MB can be imported/);
  });

  it('takes no value of another type over, and none that every object has', () => {
    const text = file((it) =>
      Object.assign(it.conversations[0].messages[3], {
        end: { kind: 'failed', code: { toString: 1 } },
        tokens: -5,
        ignored: [1, 'a'],
        seed: 'x',
        model_title: 5,
      }),
    );
    const odd = text.replace('"parameters":{', '"parameters":{"__proto__":{"temperature":0.1},');
    const [read] = readChatFile(odd);
    expect(read?.messages[3]).toMatchObject({
      end: { kind: 'failed', fault: { code: 'internal_error' } },
      tokens: 0,
      ignored: ['a'],
      seed: null,
      modelTitle: 'base',
    });
    expect(read?.conversation.parameters.temperature).toBe(0.7);
  });

  it('leaves parameters that are out of their range at the defaults', () => {
    const [read] = readChatFile(file((it) => (it.conversations[0].parameters = { temperature: 9, top_k: 3, stop: 'x' })));
    expect(read?.conversation.parameters).toMatchObject({ temperature: 0.7, top_k: 3, stop: [] });
  });
});

describe('withNewIds', () => {
  it('keeps the tree and shares no id with what it was made from', () => {
    const [copy = WHOLE] = withNewIds([WHOLE]);
    const old = [WHOLE.conversation.id, ...WHOLE.messages.map(({ id }) => id)];
    const ids = [copy.conversation.id, ...copy.messages.map(({ id }) => id)];
    expect(ids.filter((id) => old.includes(id))).toEqual([]);
    expect(copy.messages.map(({ parent }) => copy.messages.findIndex(({ id }) => id === parent))).toEqual([-1, 0, 1, 2, 2]);
    expect(copy.conversation.leaf).toBe(copy.messages[3]?.id);
    expect(copy.messages[3]).toMatchObject({ sentFrom: copy.messages[2]?.id, conversation: copy.conversation.id });
  });

  it('keeps the order of what is as old', () => {
    const ids = withNewIds(new Array(300).fill(WHOLE)).map((whole) => whole.conversation.id);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(300);
  });

  it.each(['', 'x'.repeat(30_000), '../..', '__proto__', 'constructor'])('makes usable what has the id %j', (id) => {
    const text = file((it) => {
      it.conversations[0].id = id;
      it.conversations[0].messages[0].id = id;
      it.conversations[0].messages[1].parent = id;
    });
    const [copy = WHOLE] = withNewIds(readChatFile(text));
    for (const each of [copy.conversation.id, ...copy.messages.map((message) => message.id)]) expect(each).toMatch(/^[0-9a-f]{24}(-\d{5}){1,2}$/);
    expect(copy.messages[1]?.parent).toBe(copy.messages[0]?.id);
  });
});

describe('asMarkdown', () => {
  it('writes the shown branch, each message under its name', () => {
    expect(asMarkdown(WHOLE)).toBe(
      '# Rivers\n\n1970-01-01\n\n> Be brief.\n\n## You\n\n*Image: map.png*\n\nWhere to?\n\n## Base\n\nTo the sea.\n\n## You\n\nAnd then?\n\n## Base\n\nUp\n\n**lift**\n\n```json\n{"to":1}\n```\n',
    );
  });
});

it.each([
  ['What is Tandem?', 'what-is-tandem.md'],
  ['../../etc/passwd', 'etc-passwd.md'],
  ['?!', 'conversation.md'],
])('names the file of "%s" %s', (title, name) => {
  expect(fileName(title, 'md')).toBe(name);
});
