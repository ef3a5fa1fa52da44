import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { Archive } from '../archive/archive';
import { newBrowser } from '../testing/new-browser';
import { answer, conversation, question } from '../testing/records';
import { KeptConversation } from './kept-conversation';

const ONE = question('q1', null, 'One');
const FIRST = answer('a2', 'q1', 'First.');

/** A conversation of one turn on this page, and what another page of the browser does to it. */
async function setup(ownMessage?: string) {
  newBrowser();
  TestBed.resetTestingModule();
  const archive = TestBed.inject(Archive);
  const record = conversation({ leaf: 'a2' });
  await archive.save({ conversations: [record], messages: [ONE, FIRST] });
  const listen = jest.spyOn(archive.news, 'listen');
  const others = { ownMessage: () => ownMessage, onChange: jest.fn(), onGone: jest.fn() };
  const kept = new KeptConversation(record, [ONE, FIRST], archive, others);
  const hear = listen.mock.calls[0]![0];
  /** Waits until what the other page did was looked at. */
  const elsewhere = async (does: () => Promise<unknown>): Promise<void> => {
    await does();
    hear({ conversation: 'c', isOwn: false });
    while (others.onChange.mock.calls.length + others.onGone.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve));
  };
  const texts = (): string[] => kept.path().map(({ message }) => message.text);
  return { archive, kept, others, elsewhere, texts };
}

describe('a conversation that other pages have as well', () => {
  it('goes on with what they say at the end that it shows', async () => {
    const { archive, elsewhere, texts } = await setup();
    await elsewhere(async () => {
      await archive.save({ messages: [question('q3', 'a2', 'Two'), answer('a4', 'q3', 'Second.')] });
      await archive.change('c', { leaf: 'a4' });
    });
    expect(texts()).toEqual(['One', 'First.', 'Two', 'Second.']);
  });

  it('stays at the branch that it shows when they show another', async () => {
    const { archive, elsewhere, texts } = await setup();
    await elsewhere(async () => {
      await archive.save({ messages: [question('q3', null, 'Uno')] });
      await archive.change('c', { leaf: 'q3' });
    });
    expect(texts()).toEqual(['One', 'First.']);
  });

  it('keeps what this page is writing, of which they know less', async () => {
    const { archive, kept, elsewhere } = await setup('a2');
    kept.takeIn([{ ...FIRST, text: 'First, and more.' }]);
    await elsewhere(() => archive.change('c', { title: 'Rivers' }));
    expect([kept.messages().get('a2')?.text, kept.record().title]).toEqual(['First, and more.', 'Rivers']);
  });

  it('is gone when they delete it', async () => {
    const { archive, kept, others, elsewhere } = await setup();
    await elsewhere(() => archive.remove('c', { andItself: true }));
    expect([kept.isGone(), others.onGone.mock.calls.length, others.onChange.mock.calls.length]).toEqual([true, 1, 0]);
  });
});

describe('a conversation that is begun', () => {
  it('is stored with its first message, under its words', async () => {
    newBrowser();
    TestBed.resetTestingModule();
    const archive = TestBed.inject(Archive);
    const kept = new KeptConversation(conversation({ title: '' }), undefined, archive, {
      ownMessage: () => undefined,
      onChange: () => undefined,
      onGone: () => undefined,
    });
    kept.change({ system: 'Be brief.' });
    expect([kept.isStored(), await archive.whole('c')]).toEqual([false, undefined]);
    kept.begin(FIRST, [ONE], 5);
    await kept.keep([ONE, FIRST]);
    expect(kept.isStored()).toBe(true);
    expect((await archive.whole('c'))?.conversation).toMatchObject({ title: 'One', system: 'Be brief.', leaf: 'a2', updatedAtMs: 5 });
  });
});
