import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { newBrowser } from '../testing/new-browser';
import { answer, conversation, question } from '../testing/records';
import { Archive } from './archive';
import { type ChangeNews } from './page-news';

/** Another page of the same browser: it shares what is kept, and nothing else. */
function openArchive(): Archive {
  TestBed.resetTestingModule();
  return TestBed.inject(Archive);
}

const WHOLE = { conversations: [conversation({ leaf: 'a2' })], messages: [question('q1', null, 'What is it?'), answer('a2', 'q1', 'A river.')] };

function refuse(name: string): void {
  jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no', name);
  });
}

describe('Archive', () => {
  beforeEach(newBrowser);
  afterEach(() => jest.restoreAllMocks());

  it('has what was saved on a page that is opened later', async () => {
    await openArchive().save(WHOLE);
    const later = openArchive();
    expect(await later.conversations()).toEqual(WHOLE.conversations);
    expect(await later.whole('c')).toEqual({ conversation: WHOLE.conversations[0], messages: expect.arrayContaining(WHOLE.messages) });
    expect(later.keeping()).toBe('yes');
  });

  it('has nothing under an id that nobody gave', async () => {
    expect(await openArchive().whole('nobody')).toBeUndefined();
  });

  it('changes what it is told to and leaves the rest', async () => {
    const archive = openArchive();
    await archive.save(WHOLE);
    await archive.change('c', { title: 'Rivers', isNamed: true });
    expect(await archive.conversation('c')).toEqual({ ...WHOLE.conversations[0], title: 'Rivers', isNamed: true });
  });

  it('does not bring back what is gone by changing it', async () => {
    const archive = openArchive();
    await archive.change('c', { title: 'Rivers' });
    expect(await archive.conversation('c')).toBeUndefined();
  });

  it('gives what it removed, so that it can be put back', async () => {
    const archive = openArchive();
    await archive.save(WHOLE);
    const removed = await archive.remove('c', { andItself: true });
    expect(await archive.whole('c')).toBeUndefined();
    await archive.save(removed);
    expect((await archive.whole('c'))?.messages).toHaveLength(2);
  });

  it('removes the messages alone where the conversation is to stay', async () => {
    const archive = openArchive();
    await archive.save(WHOLE);
    await archive.remove('c', { andItself: false });
    expect(await archive.whole('c')).toMatchObject({ conversation: { id: 'c' }, messages: [] });
  });

  it('tells what changed, and for one message that it was its text alone', async () => {
    const archive = openArchive();
    const heard: ChangeNews[] = [];
    const stop = archive.news.listen((news) => heard.push(news));
    await archive.save(WHOLE);
    await archive.save({ messages: [answer('a2', 'q1', 'A long river.')] });
    stop();
    await archive.change('c', { title: 'unheard' });
    expect(heard).toEqual([
      { conversation: 'c', isOwn: true },
      { conversation: 'c', message: 'a2', isOwn: true },
    ]);
  });

  it('finds the first place in each conversation', async () => {
    const archive = openArchive();
    await archive.save(WHOLE);
    await archive.save({ conversations: [conversation({ id: 'd' })], messages: [question('q3', null, 'The sea', { conversation: 'd' })] });
    const found = await archive.search(
      ({ text }) => (text.includes('river') ? text : undefined),
      () => false,
    );
    expect([...found]).toEqual([['c', 'A river.']]);
  });

  it.each([
    ['QuotaExceededError', 'full'],
    ['InvalidStateError', 'unavailable'],
  ])('goes on from memory after %s, and says so', async (name, keeping) => {
    const archive = openArchive();
    refuse(name);
    await archive.save(WHOLE);
    expect(archive.keeping()).toBe(keeping);
    expect((await archive.whole('c'))?.messages).toHaveLength(2);
    jest.restoreAllMocks();
    expect(await openArchive().whole('c')).toBeUndefined();
  });

  it('writes what it had to hold once there is room again', async () => {
    const archive = openArchive();
    refuse('QuotaExceededError');
    await archive.save(WHOLE);
    jest.restoreAllMocks();
    await archive.save({ conversations: [conversation({ id: 'd' })] });
    expect(archive.keeping()).toBe('yes');
    expect((await openArchive().conversations()).map(({ id }) => id)).toEqual(['c', 'd']);
  });

  it('does without a storage that is forbidden', async () => {
    jest.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const archive = openArchive();
    await archive.save(WHOLE);
    expect(archive.keeping()).toBe('unavailable');
    expect(await archive.conversations()).toHaveLength(1);
  });
});
