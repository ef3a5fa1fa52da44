import { errorOf, framesOf } from './testing/read-answers';
import { shareStreaming } from './testing/start-streaming';

const RED = 'data:image/png;base64,iVBORw0KGgo=';
const image = (url: unknown = RED) => ({ type: 'image_url', image_url: { url } });
const text = (said: unknown) => ({ type: 'text', text: said });

describe('the content of a message', () => {
  const shared = shareStreaming();

  it('may be parts: their texts are joined, and what images they have goes along', async () => {
    const { post, seen } = shared();
    const messages = [
      { role: 'system', content: [text('Be '), text('brief.')] },
      { role: 'user', content: [text('What is it?'), image()] },
    ];
    expect((await framesOf(await post({ model: 'echo', messages }))).at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
    expect(seen[0]?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is it?', images: [RED] },
    ]);
    expect(seen[0]?.demands).toEqual({ images: true });
  });

  it.each([
    ['an image alone', 'user', [image()], /messages\[0\]\.content: must be text that is not blank/],
    [
      'an address, which somebody would have to fetch',
      'user',
      [text('a'), image('https://example.com/a.png')],
      /as data URLs of the type PNG, JPEG, WebP or GIF/,
    ],
    ['a picture that runs scripts', 'user', [text('a'), image('data:image/svg+xml;base64,PHN2Zz4=')], /the part 1 is none/],
    ['a part of another kind', 'user', [text('a'), { type: 'input_audio' }], /the part 1 is neither/],
    ['a part with more in it', 'user', [{ ...text('a'), also: 1 }], /the part 0 is neither/],
    ['text that is none', 'user', [text(5)], /the part 0 is neither/],
    ['no part', 'user', [], /must be text that is not blank/],
    ['an object', 'user', {}, /must be text that is not blank/],
    ['an image that a model made', 'assistant', [text('a'), image()], /only the messages of a user hold images/],
    ['too many parts', 'user', Array.from({ length: 65 }, () => text('a')), /must hold at most 64 parts/],
    ['too much text', 'user', [text('a'.repeat(600_000)), text('a'.repeat(600_000))], /is 1200000 characters long/],
  ])('is refused where it is %s', async (_, role, content, words) => {
    const { post } = shared();
    const response = await post({ model: 'echo', messages: [{ role, content }] });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toMatch(words);
  });
});
