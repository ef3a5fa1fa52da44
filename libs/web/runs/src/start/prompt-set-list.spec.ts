import { PROMPT_SET_LIMITS, type PromptSetCard } from '@tandem/shared/contracts';
import { type PromptSetRequests, RunFailure } from '@tandem/web/data-access';
import { PromptSetList } from './prompt-set-list';
import { setOfText } from './set-file';

const set = (id: string): PromptSetCard => ({ id, name: id, count: 1, created_at: null, is_shipped: true });
const refused = (message: string) => new RunFailure({ code: 'invalid_request', message, retryable: false });

function listOver(requests: Partial<PromptSetRequests>): PromptSetList {
  const pages = [
    { prompt_sets: [set('general')], next_cursor: 'c' },
    { prompt_sets: [set('format')], next_cursor: null },
  ] as const;
  return new PromptSetList({ list: async (cursor: string | null) => pages[cursor === null ? 0 : 1], ...requests } as PromptSetRequests);
}

const idsOf = (list: PromptSetList) => list.sets()?.map(({ id }) => id);

describe('PromptSetList', () => {
  it('reads the sets page by page', async () => {
    const list = listOver({});
    expect(list.sets()).toBeUndefined();
    await list.load();
    expect([idsOf(list), list.hasMore()]).toEqual([['general'], true]);
    await list.more();
    expect([idsOf(list), list.hasMore()]).toEqual([['general', 'format'], false]);
  });

  it('shows a page once, however often it is asked for meanwhile', async () => {
    const list = listOver({});
    await list.load();
    await Promise.all([list.more(), list.more()]);
    expect(idsOf(list)).toEqual(['general', 'format']);
  });

  it('says why there are none to know of', async () => {
    const list = listOver({ list: async () => Promise.reject(refused('Nothing can be kept.')) });
    await list.load();
    expect([list.sets(), list.fault()?.message]).toEqual([undefined, 'Nothing can be kept.']);
  });

  it('puts what is added first', async () => {
    const list = listOver({ add: async () => set('mine') });
    await list.load();
    expect((await list.add(setOfText('prompt\nHi', '')))?.id).toBe('mine');
    expect([idsOf(list), list.refusal(), list.isSending()]).toEqual([['mine', 'general'], '', false]);
  });

  it('hands on what is wrong with a file, and takes the next one', async () => {
    let isWrong = true;
    const list = listOver({ add: async () => (isWrong ? Promise.reject(refused('Line 2, check: must be an object.')) : set('mine')) });
    await list.load();
    expect(await list.add(setOfText('x', ''))).toBeUndefined();
    expect(list.refusal()).toBe('Line 2, check: must be an object.');
    isWrong = false;
    await list.add(setOfText('x', ''));
    expect([list.refusal(), idsOf(list)]).toEqual(['', ['mine', 'general']]);
  });

  it('sends nothing that is too large', async () => {
    let sent = 0;
    const list = listOver({ add: async () => set(`${++sent}`) });
    await list.add({ body: { size: PROMPT_SET_LIMITS.bytes + 1 } as Blob, name: '' });
    expect([sent, list.refusal()]).toEqual([0, expect.stringMatching(/Split it/)]);
  });

  it('keeps a set that the server does not delete, and says why', async () => {
    const list = listOver({ remove: async (id) => (id === 'general' ? Promise.reject(refused('A run is over it.')) : undefined) });
    await list.load();
    expect([await list.remove('general'), list.refusal(), idsOf(list)]).toEqual([false, 'A run is over it.', ['general']]);
    await list.more();
    expect([await list.remove('format'), list.refusal(), idsOf(list)]).toEqual([true, '', ['general']]);
  });
});
