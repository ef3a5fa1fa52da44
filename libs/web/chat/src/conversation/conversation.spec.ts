import { TestBed } from '@angular/core/testing';
import { CONNECTION_LOST } from '@tandem/web/data-access';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { Archive } from '../archive/archive';
import { newBrowser } from '../testing/new-browser';
import { conversation } from '../testing/records';
import { Conversation } from './conversation';

const MODEL = { id: 'base', title: 'Base', contextLength: null };
const OTHER = { id: 'other', title: 'Other', contextLength: null };

function setup() {
  newBrowser();
  TestBed.resetTestingModule();
  const archive = TestBed.inject(Archive);
  const transport = new HeldTransport();
  const talk = new Conversation(conversation({ title: '' }), undefined, { archive, transport, wallMs: () => 1_000, schedule: (paint) => paint() });
  /** The stream that a question begins, once its beginning is kept. */
  const begun = async (count: number) => {
    while (transport.streams.length < count) await new Promise((resolve) => setTimeout(resolve));
    return transport.streams[count - 1]!;
  };
  let count = 0;
  const exchange = async (making: Promise<void>, text: string): Promise<void> => {
    const stream = await begun((count += 1));
    stream.give(token(text), end());
    await stream.end();
    await making;
  };
  const texts = (): string[] => talk.path().map(({ message }) => message.text);
  return { archive, transport, talk, begun, exchange, texts };
}

describe('Conversation', () => {
  it('keeps a question and its answer, under the first words', async () => {
    const { archive, talk, exchange } = setup();
    await exchange(talk.send('What is it?', MODEL), 'A river.');
    expect(talk.isRunning()).toBe(false);
    expect(await archive.whole('c')).toMatchObject({ conversation: { title: 'What is it?' } });
    expect((await archive.whole('c'))?.messages.map(({ text }) => text).sort()).toEqual(['A river.', 'What is it?']);
  });

  it('sends what was said before along', async () => {
    const { transport, talk, exchange } = setup();
    await exchange(talk.send('One', MODEL), 'First.');
    await exchange(talk.send('Two', MODEL), 'Second.');
    expect(transport.streams[1]?.request).toMatchObject({
      model: 'base',
      conversation_id: 'c',
      messages: [
        { role: 'user', content: 'One' },
        { role: 'assistant', content: 'First.' },
        { role: 'user', content: 'Two' },
      ],
    });
  });

  it('keeps the question before it is sent', async () => {
    const { archive, talk, begun } = setup();
    void talk.send('What is it?', MODEL);
    await begun(1);
    expect((await archive.whole('c'))?.messages.map(({ text }) => text)).toContain('What is it?');
    talk.stop();
  });

  it('asks one thing at a time', async () => {
    const { transport, talk, begun } = setup();
    const making = talk.send('One', MODEL);
    await begun(1);
    await talk.send('Two', MODEL);
    expect(transport.streams).toHaveLength(1);
    talk.stop();
    await making;
  });

  it('makes a branch of a question in other words, and shows it', async () => {
    const { talk, exchange, texts } = setup();
    await exchange(talk.send('One', MODEL), 'First.');
    const [first] = talk.path();
    await exchange(talk.edit(first!.message.id, 'Uno', MODEL), 'Primo.');
    expect(texts()).toEqual(['Uno', 'Primo.']);
    expect(talk.path()[0]?.branches).toHaveLength(2);
    talk.show(first!.message.id);
    expect(texts()).toEqual(['One', 'First.']);
  });

  it('puts another answer beside the first, under the name of who gave it', async () => {
    const { talk, exchange } = setup();
    await exchange(talk.send('One', MODEL), 'First.');
    await exchange(talk.regenerate(talk.path()[1]!.message.id, OTHER), 'Another.');
    expect(talk.path()[1]).toMatchObject({ message: { text: 'Another.', modelTitle: 'Other' } });
    expect(talk.path()[1]?.branches).toHaveLength(2);
  });

  it('puts another answer in the place of one that brought nothing', async () => {
    const { talk, begun } = setup();
    const making = talk.send('One', MODEL);
    await (await begun(1)).fail(CONNECTION_LOST);
    await making;
    const again = talk.regenerate(talk.path()[1]!.message.id, MODEL);
    const stream = await begun(2);
    stream.give(token('Now.'), end());
    await stream.end();
    await again;
    expect(talk.path()[1]).toMatchObject({ message: { text: 'Now.' } });
    expect(talk.path()[1]?.branches).toHaveLength(1);
  });

  it('goes on with an answer that was stopped', async () => {
    const { transport, talk, begun, texts } = setup();
    const making = talk.send('One', MODEL);
    (await begun(1)).give(token('Half '));
    talk.stop();
    await making;
    expect(talk.path()[1]).toMatchObject({ message: { text: 'Half ', end: { kind: 'stopped' } } });
    const going = talk.goOn(talk.path()[1]!.message.id, MODEL);
    const stream = await begun(2);
    stream.give(token('and whole.'), end());
    await stream.end();
    await going;
    expect(texts()).toEqual(['One', 'Half and whole.']);
    expect(transport.streams[1]?.request.messages?.at(-1)).toEqual({ role: 'assistant', content: 'Half ' });
  });

  it('keeps the tools that an answer asks for', async () => {
    const { archive, talk, begun } = setup();
    const making = talk.send('Weather?', MODEL);
    const stream = await begun(1);
    stream.give({ token: '', done: false, tool_call: { index: 0, id: 'c0', name: 'weather', arguments: '{"city":' } });
    stream.give({ token: '', done: false, tool_call: { index: 0, arguments: '"Paris"}' } }, end());
    await stream.end();
    await making;
    const calls = [{ index: 0, name: 'weather', arguments: '{"city":"Paris"}' }];
    expect((await archive.whole('c'))?.messages.find(({ role }) => role === 'assistant')).toMatchObject({ text: '', calls });
    const [, last] = talk.path();
    expect(last?.message.role === 'assistant' && talk.view(last.message).calls).toEqual(calls);
  });

  it('keeps the images of a question, and asks of them again in other words', async () => {
    const { archive, transport, talk, exchange } = setup();
    const images = [{ url: 'data:image/png;base64,AAAA', name: 'a.png', width: 1, height: 1 }];
    await exchange(talk.send('What is it?', MODEL, images), 'A dot.');
    expect((await archive.whole('c'))?.messages.find(({ role }) => role === 'user')).toMatchObject({ images });
    await exchange(talk.edit(talk.path()[0]!.message.id, 'What was it?', MODEL), 'A dot.');
    const content = [
      { type: 'text', text: 'What was it?' },
      { type: 'image_url', image_url: { url: images[0]?.url } },
    ];
    expect(transport.streams[1]?.request.messages).toEqual([{ role: 'user', content }]);
    await exchange(talk.send('And in words?', { ...OTHER, mayTakeImages: false }), 'A dot.');
    expect(transport.streams[2]?.request.messages?.[0]).toEqual({ role: 'user', content: 'What was it?' });
  });

  it('takes all messages out, and puts them back', async () => {
    const { archive, talk, exchange, texts } = setup();
    await exchange(talk.send('One', MODEL), 'First.');
    const putBack = await talk.clear();
    expect(texts()).toEqual([]);
    expect((await archive.whole('c'))?.messages).toEqual([]);
    await putBack();
    expect(texts()).toEqual(['One', 'First.']);
  });

  it('keeps a name that a person gave it', async () => {
    const { archive, talk, exchange } = setup();
    talk.rename('Mine');
    await exchange(talk.send('One', MODEL), 'First.');
    expect((await archive.conversation('c'))?.title).toBe('Mine');
  });
});
