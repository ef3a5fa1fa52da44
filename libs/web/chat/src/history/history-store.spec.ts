import { TestBed } from '@angular/core/testing';
import { Archive } from '../archive/archive';
import { newBrowser } from '../testing/new-browser';
import { answer, conversation, question } from '../testing/records';
import { HistoryStore } from './history-store';

const RIVERS = {
  conversations: [conversation({ id: 'r', title: 'Rivers', updatedAtMs: 2 })],
  messages: [question('q1', null, 'Where to?', { conversation: 'r' })],
};
const SEAS = {
  conversations: [conversation({ id: 's', title: 'Seas', updatedAtMs: 1 })],
  messages: [question('q2', null, 'How deep?', { conversation: 's' }), answer('a3', 'q2', 'Deep as a river is long.', { conversation: 's' })],
};

async function setup() {
  newBrowser();
  TestBed.resetTestingModule();
  const archive = TestBed.inject(Archive);
  for (const writing of [RIVERS, SEAS]) await archive.save(writing);
  const history = TestBed.inject(HistoryStore);
  await history.load();
  const titles = (): string[] => history.groups().flatMap(({ members }) => members.map(({ title }) => title));
  /** Once the list has heard of it: it reads again what changed. */
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve));
  };
  return { archive, history, titles, until };
}

describe('HistoryStore', () => {
  it('lists all conversations, the newest first', async () => {
    const { history, titles } = await setup();
    expect([titles(), history.newest()?.id, history.isLoaded()]).toEqual([['Rivers', 'Seas'], 'r', true]);
  });

  it('follows what is begun, renamed and deleted', async () => {
    const { archive, titles, until } = await setup();
    await archive.save({ conversations: [conversation({ id: 'l', title: 'Lakes', updatedAtMs: 3 })] });
    await until(() => titles().length === 3);
    await archive.change('r', { title: 'Streams' });
    await until(() => titles().includes('Streams'));
    await archive.remove('s', { andItself: true });
    await until(() => titles().length === 2);
    expect(titles()).toEqual(['Lakes', 'Streams']);
  });

  it('finds titles, and what was said, with the place where it was', async () => {
    const { history, titles } = await setup();
    await history.search('river');
    expect(titles()).toEqual(['Rivers', 'Seas']);
    expect([...history.excerpts()]).toEqual([['s', 'Deep as a river is long.']]);
    expect(history.isSearching()).toBe(false);
    await history.search('');
    expect([titles(), history.excerpts().size]).toEqual([['Rivers', 'Seas'], 0]);
  });

  it('finds titles at once, while the texts are still looked through', async () => {
    const { history, titles } = await setup();
    const searching = history.search('seas');
    expect([titles(), history.isSearching()]).toEqual([['Seas'], true]);
    await searching;
    expect(history.isSearching()).toBe(false);
  });

  it('gives up a search for which other words came', async () => {
    const { history, titles } = await setup();
    await Promise.all([history.search('deep'), history.search('where')]);
    expect([...history.excerpts().keys()]).toEqual(['r']);
    expect(titles()).toEqual(['Rivers']);
  });
});
