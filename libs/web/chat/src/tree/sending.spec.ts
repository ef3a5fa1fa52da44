import { answer, question } from '../testing/records';
import { planSending, type Room, sendLess } from './sending';

/** One token a character, and messages of 94 characters: a hundred tokens each. */
const text = (id: string): string => id.padEnd(94, '.');
const PATH = ['q1', 'a2', 'q3', 'a4', 'q5', 'a6', 'q7'].map((id, at, ids) =>
  id.startsWith('q') ? question(id, ids[at - 1] ?? null, text(id)) : answer(id, ids[at - 1] ?? '', text(id)),
);
const room = (contextLength: number | null): Room => ({ contextLength, maxTokens: 100, tokensPerCharacter: 1, system: '' });
const sent = (sending: { messages: readonly { content: string }[] }): string[] => sending.messages.map(({ content }) => content.slice(0, 2));

describe('planSending', () => {
  it.each([null, 800])('sends everything where the context is %s', (contextLength) => {
    const sending = planSending(PATH, room(contextLength), null);
    expect(sending.from).toBeNull();
    expect(sent(sending)).toEqual(['q1', 'a2', 'q3', 'a4', 'q5', 'a6', 'q7']);
  });

  it('leaves out the oldest turns when an answer would not fit any more, and makes room for more than one', () => {
    const sending = planSending(PATH, room(799), null);
    expect([sending.from, sent(sending)]).toEqual(['q5', ['q5', 'a6', 'q7']]);
  });

  it('begins where it began the last time, as long as that fits', () => {
    expect(planSending(PATH, room(700), 'q3').from).toBe('q3');
    expect(planSending(PATH, room(500), 'q3').from).toBe('q7');
  });

  it('sends everything again when the model takes more', () => {
    expect(planSending(PATH, room(4_000), 'q5').from).toBeNull();
  });

  it('always sends the question, however long it is', () => {
    expect(sent(planSending(PATH, room(50), null))).toEqual(['q7']);
  });

  it('counts the system prompt', () => {
    expect(planSending(PATH, { ...room(800), system: 'x' }, null).from).not.toBeNull();
  });

  it('leaves out turns that brought nothing', () => {
    const path = [question('q1', null), answer('a2', 'q1', ''), question('q3', 'a2')];
    expect(sent(planSending(path, room(null), null))).toEqual(['q3']);
  });

  it('ends with the answer that is gone on with, thoughts included where the model wrote them into its text', () => {
    const path = [question('q1', null), answer('a2', 'q1', 'half', { thoughts: '<think>Hm.</think>' })];
    expect(planSending(path, room(null), null).messages.at(-1)).toEqual({ role: 'assistant', content: '<think>Hm.</think>half' });
    const remote = [question('q1', null), answer('a2', 'q1', 'half', { thoughts: 'Hm.' })];
    expect(planSending(remote, room(null), null).messages.at(-1)?.content).toBe('half');
  });

  it('tells the model which tools it asked for', () => {
    const path = [question('q1', null), answer('a2', 'q1', '', { calls: [{ index: 0, name: 'time', arguments: '{}' }] }), question('q3', 'a2')];
    expect(planSending(path, room(null), null).messages[1]).toEqual({ role: 'assistant', content: '**time**\n\n```json\n{}\n```' });
  });

  describe('images', () => {
    const image = (url: string) => ({ url, name: 'a.png', width: 1, height: 1 });
    const imagesIn = (path: Parameters<typeof planSending>[0], rest: Partial<Room> = {}): string[] =>
      planSending(path, { ...room(null), ...rest }, null).messages.flatMap(({ content }) =>
        typeof content === 'string' ? [] : content.flatMap((part) => (part.type === 'image_url' ? [part.image_url.url.slice(0, 3)] : [])),
      );
    const path = [
      question('q1', null, 'What is it?', { images: [image('one')] }),
      answer('a2', 'q1'),
      question('q3', 'a2', 'And now?', { images: [image('two'), image('three')] }),
    ];

    it('go as parts beside their text', () => {
      expect(planSending(path, room(null), null).messages[0]).toEqual({
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'one' } },
        ],
      });
    });

    it('stay behind where the model takes none', () => {
      expect(planSending(path, { ...room(null), mayTakeImages: false }, null).messages[0]).toEqual({ role: 'user', content: 'What is it?' });
      expect([...planSending(path, { ...room(null), mayTakeImages: false }, null).imagesLeftOut]).toEqual([
        ['q3', 2],
        ['q1', 1],
      ]);
    });

    it('go along as long as a request has room for them, the newest first', () => {
      const large = (name: string) => image(name.padEnd(2_500_000, '.'));
      const long = [
        question('q1', null, 'x', { images: [large('one')] }),
        answer('a2', 'q1'),
        question('q3', 'a2', 'y', { images: [large('two'), large('thr')] }),
      ];
      expect(imagesIn(path)).toEqual(['one', 'two', 'thr']);
      expect(imagesIn(long)).toEqual(['two', 'thr']);
      expect([path, long].map((each) => [...planSending(each, room(null), null).imagesLeftOut])).toEqual([[], [['q1', 1]]]);
    });

    it('take room in the context', () => {
      expect(planSending(path, { ...room(6_000), tokensPerCharacter: 0.5 }, null).from).toBeNull();
      expect(planSending(path, { ...room(4_000), tokensPerCharacter: 0.5 }, null).from).toBe('q3');
    });
  });

  it('does not send the thoughts of earlier answers', () => {
    const path = [question('q1', null), answer('a2', 'q1', 'yes', { thoughts: '<think>Hm.</think>' }), question('q3', 'a2')];
    expect(sent(planSending(path, room(null), null))).toEqual(['q1', 'ye', 'q3']);
  });
});

describe('sendLess', () => {
  it('leaves out more each time, until only the question is left', () => {
    const froms: (string | null)[] = [];
    for (let sending = planSending(PATH, room(null), null), less = sendLess(PATH, sending); less; less = sendLess(PATH, sending)) {
      sending = less;
      froms.push(less.from);
    }
    expect(froms).toEqual(['q5', 'q7']);
  });
});
