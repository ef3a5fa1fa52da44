import { growthOf, LINEAR } from '@tandem/testing/growth';
import { answer, asMap, conversation, question } from '../testing/records';
import { type MessageRecord } from '../archive/records';
import { isOnTheWay, leafBelow, pathTo } from './message-tree';
import { soundTree } from './sound-tree';

const whole = (...messages: readonly MessageRecord[]) => ({ conversation: conversation({ leaf: messages.at(-1)?.id ?? null }), messages });

/** The texts on the way to the message with this one. */
function wayTo(text: string, messages: readonly MessageRecord[]): string[] {
  const leaf = messages.find((message) => message.text === text)?.id ?? null;
  return pathTo(asMap(...messages), leaf).map(({ message }) => message.text);
}

describe('soundTree', () => {
  it('leaves alone what is sound', () => {
    const sound = whole(question('q1', null), answer('a2', 'q1'));
    expect(soundTree(sound)).toBe(sound);
  });

  it('renews ids that cannot be used, and goes on from where one was', () => {
    const long = 'x'.repeat(30_000);
    const { conversation: made, messages } = soundTree(
      whole(question('', null, 'one'), answer(long, '', 'two'), question('a/b', long, 'three'), answer('__proto__', 'a/b', 'four')),
    );
    expect(wayTo('four', messages)).toEqual(['one', 'two', 'three', 'four']);
    expect(new Set(messages.map(({ id }) => /^c-\d{5}$/.test(id)))).toEqual(new Set([true]));
    expect(made.leaf).toBe(messages[3]?.id);
  });

  it('does the same on every page', () => {
    const broken = whole(question('', null), answer('a2', ''));
    expect(soundTree(broken)).toEqual(soundTree(broken));
  });

  it('cuts a circle, and loses nothing of it', () => {
    const { messages } = soundTree(whole(question('q1', 'a4'), answer('a2', 'q1'), question('q3', 'a2'), answer('a4', 'q3'), question('q5', 'a4')));
    expect(messages).toHaveLength(5);
    expect(wayTo('q5', messages)).toHaveLength(5);
    expect(soundTree(whole(question('q1', 'q1'))).messages[0]?.parent).toBeNull();
  });

  it('begins a branch with what hangs on nothing', () => {
    const { messages } = soundTree(whole(question('q1', null), answer('a2', 'gone'), question('q3', 'a2')));
    expect(wayTo('q3', messages)).toEqual(['a2', 'q3']);
  });

  it.each([[null], ['all'], [[null]], [[{ url: 'https://example.com/a.png', name: 'a' }]], [[{ url: 'data:image/png;base64,AAAA' }]]])(
    'shows no images of %j',
    (images) => {
      const { messages } = soundTree(whole(question('q1', null, 'x', { images } as never)));
      expect(messages[0]).toMatchObject({ images: [] });
    },
  );

  it('leaves images alone that can be shown', () => {
    const images = [{ url: 'data:image/png;base64,AAAA', name: 'a.png', width: 1, height: 1 }];
    const sound = whole(question('q1', null, 'x', { images }));
    expect(soundTree(sound)).toBe(sound);
  });

  it('makes good what is no text, no number or no time', () => {
    const odd = {
      text: 5,
      createdAtMs: NaN,
      thoughts: null,
      tokens: 'x',
      ignored: 'all',
      end: { kind: 'odd' },
      modelTitle: {},
      calls: [{}],
    } as unknown as Partial<ReturnType<typeof answer>>;
    const broken = whole(question('q1', null), { ...answer('a2', 'q1'), ...odd } as MessageRecord);
    const { messages } = soundTree(broken);
    expect(messages[1]).toMatchObject({ text: '', createdAtMs: 0, thoughts: '', tokens: 0, ignored: [], end: null, modelTitle: 'base', calls: [] });
    const made = soundTree({
      ...broken,
      conversation: { ...broken.conversation, title: 7, updatedAtMs: 1e300, parameters: { temperature: 'hot' } } as never,
    }).conversation;
    expect(made).toMatchObject({ title: '', updatedAtMs: 0, parameters: conversation().parameters });
  });

  it('looks at each of ten thousands as often as at each of a few', () => {
    const talk = (size: number) => whole(...Array.from({ length: size }, (_, n) => question(`q${n}`, n === 0 ? null : `q${n - 1}`)));
    const walk = (kept: ReturnType<typeof talk>) => pathTo(asMap(...soundTree(kept).messages), `q${kept.messages.length - 1}`);
    expect(walk(talk(20_000))).toHaveLength(20_000);
    expect(growthOf(walk, talk, 20_000)).toBeLessThan(LINEAR);
  });
});

describe('a circle that nobody cut', () => {
  const circle = asMap(question('q1', 'a2'), answer('a2', 'q1'), question('', null), answer('a3', ''));

  it('ends a path', () => {
    expect(pathTo(circle, 'a2').map(({ message }) => message.id)).toEqual(['q1', 'a2']);
    expect(pathTo(circle, 'a3').map(({ message }) => message.id)).toEqual(['', 'a3']);
  });

  it('ends the way down, and the way to look for', () => {
    expect(leafBelow(circle, 'q1')).toBe('a2');
    expect(isOnTheWay(circle, 'x', 'a2')).toBe(false);
  });
});
