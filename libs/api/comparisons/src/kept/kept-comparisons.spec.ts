import { Logger } from '@nestjs/common';
import { parseEnvironment } from '@tandem/api/config';
import { isId, madeAtMs, type Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import { KeptVotes } from '../votes/kept-votes';
import { content, ID, oneTurn } from '../testing/kept-content';
import { COMPARISON_SCHEMA } from './comparison-schema';
import { KeptComparisons, type ListQuery } from './kept-comparisons';

beforeEach(() => Logger.overrideLogger(false));

const NOT_FOUND = { code: 'not_found', param: 'id' };

function setup(store: Store, variables: Record<string, string> = {}) {
  const kept = new KeptComparisons(store, parseEnvironment(variables));
  const titled = async (...titles: string[]) => {
    const ids: string[] = [];
    for (const title of titles) ids.push((await kept.add(content({ title }))).id);
    return ids;
  };
  const titles = async (query: Partial<ListQuery> = {}) => (await kept.list({ limit: 100, ...query })).rows.map(({ title }) => title);
  return { kept, votes: new KeptVotes(store), titled, titles };
}

describeOverDatabases('comparisons that are kept', [COMPARISON_SCHEMA], (open) => {
  it('are given back as they were, under an id that says when it was made and nothing else', async () => {
    const { kept } = setup(open());
    const made = await kept.add(content());
    expect(made).toEqual({ ...content(), id: made.id, url: `/comparisons/${made.id}`, created_at: made.updated_at, updated_at: made.updated_at });
    expect([isId(made.id), madeAtMs(made.id)]).toEqual([true, Date.parse(made.created_at)]);
    expect(await kept.get(made.id)).toEqual(made);
  });

  it('have ids of which one does not tell another, also within a millisecond', async () => {
    const { kept } = setup(open());
    const ids = (await Promise.all(Array.from({ length: 50 }, () => kept.add(content())))).map(({ id }) => id);
    expect(new Set(ids.map((id) => id.slice(-15))).size).toBe(50);
  });

  it('have their address below the path that the server is reached under', async () => {
    const { kept } = setup(open(), { TANDEM_BASE_PATH: '/tandem' });
    const { id, url } = await kept.add(content());
    expect(url).toBe(`/tandem/comparisons/${id}`);
    expect((await kept.list({ limit: 1 })).rows[0]?.url).toBe(url);
  });

  it('hold text of every script and length as it is', async () => {
    const text = ['🚲 良い \u0001\u001f\u2028 "\\\' %_', 'x'.repeat(200_000), '\r\n\t'].join('\n');
    const { kept } = setup(open());
    const sent = content({ note: text, system: text, parameters: { baseline: { [text]: text }, derivative: {} }, ...oneTurn(text, text) });
    const { id } = await kept.add(sent);
    expect(await kept.get(id)).toMatchObject(sent);
  });

  it('keep a thousand turns in their order', async () => {
    const { kept } = setup(open());
    const turns = Array.from({ length: 1_000 }, (_, turn) => oneTurn(`prompt ${turn}`, `answer ${turn}`).turns[0]!);
    const { id } = await kept.add(content({ turns }));
    expect((await kept.get(id)).turns).toEqual(turns);
    expect((await kept.list({ limit: 1 })).rows[0]).toMatchObject({ turn_count: 1_000, prompt: 'prompt 0' });
  });

  it('are listed without their answers, and with the beginning of the prompt alone', async () => {
    const { kept } = setup(open());
    await kept.add(content({ ...oneTurn('p'.repeat(300), 'secret answer'), system: 'secret system' }));
    const { rows } = await kept.list({ limit: 1 });
    expect(Object.keys(rows[0]!).toSorted()).toEqual([
      'baseline',
      'config_version',
      'created_at',
      'derivative',
      'id',
      'note',
      'prompt',
      'title',
      'turn_count',
      'updated_at',
      'url',
    ]);
    expect(rows[0]?.prompt).toBe(`${'p'.repeat(199)}…`);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  it('are listed newest first, each once, whatever the size of a page', async () => {
    const { kept, titled } = setup(open());
    const ids = await titled('a', 'b', 'c', 'd', 'e');
    for (const limit of [1, 2, 3, 4, 5, 6]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { rows, next } = await kept.list({ limit, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...rows.map(({ id }) => id));
        expect(rows.length).toBe(Math.min(limit, 5 - (seen.length - rows.length)));
        cursor = next ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(ids.toReversed());
    }
  });

  it('go on from the same place when the one there is deleted or others come', async () => {
    const { kept, titled, titles } = setup(open());
    const ids = await titled('a', 'b', 'c');
    const { next } = await kept.list({ limit: 2 });
    await kept.remove(ids[1]!);
    await titled('d');
    expect(await titles({ cursor: next! })).toEqual(['a']);
  });

  it.each(['', 'x', ID, Buffer.from('x').toString('base64url'), `${Buffer.from(ID).toString('base64url')}=`, Buffer.from(`${ID}0`).toString('base64url')])(
    'are not listed from the cursor %j',
    async (cursor) => {
      await expect(setup(open()).kept.list({ limit: 1, cursor })).rejects.toMatchObject({ code: 'invalid_request', param: 'cursor' });
    },
  );

  it.each([
    ['%', ['100 %']],
    ['_', ['a_b']],
    ['\\', ['c\\d']],
    ['a_', ['a_b']],
    ['0 %', ['100 %']],
    ['\\d', ['c\\d']],
    ['\\\\', []],
    ["'", ["it's"]],
    ['"', []],
    ['ÄÖ', ['äöß']],
    ['äöß', ['äöß']],
    ['οδος', ['ΟΔΟΣΑ']],
    ['ΟΔΟΣ', ['ΟΔΟΣΑ']],
    ['İ', ['İzmir']],
    ['b it', []],
  ])('are found by %j as it stands', async (query, found) => {
    const { titled, titles } = setup(open());
    await titled('100 %', 'a_b', 'c\\d', "it's", 'äöß', 'ΟΔΟΣΑ', 'İzmir', 'axb');
    expect(await titles({ query })).toEqual(found);
  });

  it('are looked through in title, note and every prompt, and nowhere else', async () => {
    const { kept } = setup(open());
    await kept.add(
      content({ title: 'title-word', note: 'note-word', system: 'system-word', baseline: 'baseline-word', ...oneTurn('first-word', 'answer-word') }),
    );
    const finds = async (query: string) => (await kept.list({ limit: 1, query })).rows.length;
    expect(await Promise.all(['title-word', 'note-word', 'first-word'].map(finds))).toEqual([1, 1, 1]);
    expect(await Promise.all(['system-word', 'baseline-word', 'answer-word', 'title-wordnote-word', 'title-word note-word'].map(finds))).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  it('are found by the whole id of a model on either side, and page by page', async () => {
    const { kept, titles } = setup(open());
    await kept.add(content({ title: 'one', baseline: 'a', derivative: 'a_' }));
    await kept.add(content({ title: 'two', baseline: 'b', derivative: 'a' }));
    await kept.add(content({ title: 'three', baseline: 'A', derivative: 'b' }));
    expect([await titles({ model: 'a' }), await titles({ model: 'a_' }), await titles({ model: '%' })]).toEqual([['two', 'one'], ['one'], []]);
    const { rows, next } = await kept.list({ limit: 1, model: 'a' });
    expect([rows[0]?.title, await titles({ model: 'a', cursor: next! })]).toEqual(['two', ['one']]);
  });

  it.each([
    [{ title: 'Trikes' }, 'Trikes', 'After the second epoch.'],
    [{ note: '' }, 'Bicycles', ''],
    [{ title: 'Trikes', note: 'n' }, 'Trikes', 'n'],
  ])('are changed by %j and in nothing else', async (change, title, note) => {
    const { kept, titles } = setup(open());
    const before = await kept.add(content());
    const after = await kept.change(before.id, change);
    expect(after).toEqual({ ...before, title, note, updated_at: after.updated_at });
    expect(await kept.get(before.id)).toEqual(after);
    expect(await titles({ query: title })).toEqual([title]);
    expect(await titles({ query: 'trike?' })).toEqual([title]);
  });

  it('lose neither change of two that come at once', async () => {
    const { kept, titles } = setup(open());
    const { id } = await kept.add(content());
    await Promise.all([kept.change(id, { title: 'Trikes' }), kept.change(id, { note: 'Three wheels.' })]);
    expect(await kept.get(id)).toMatchObject({ title: 'Trikes', note: 'Three wheels.' });
    expect([await titles({ query: 'trikes' }), await titles({ query: 'three wheels' })]).toEqual([['Trikes'], ['Trikes']]);
  });

  it('are gone once they are deleted, with the votes on them and no others', async () => {
    const { kept, votes, titled, titles } = setup(open());
    const [one, other] = await titled('one', 'other');
    for (const id of [one!, other!]) await votes.cast(id, 'voter', { turn: 0, choice: 'tie' });
    await kept.remove(one!);
    expect([await titles(), (await votes.summary('old', 'new', undefined)).counts.tie]).toEqual([['other'], 1]);
    await expect(kept.remove(one!)).rejects.toMatchObject(NOT_FOUND);
  });

  it.each([ID, ID.toUpperCase(), '', '%', 'a\0b', "' or 1=1 --"])('are not found, changed or deleted by %j', async (id) => {
    const { kept, titled, titles } = setup(open());
    await titled('one');
    await expect(kept.get(id)).rejects.toMatchObject(NOT_FOUND);
    await expect(kept.change(id, { title: 'x' })).rejects.toMatchObject(NOT_FOUND);
    await expect(kept.remove(id)).rejects.toMatchObject(NOT_FOUND);
    expect(await titles()).toEqual(['one']);
  });
});
