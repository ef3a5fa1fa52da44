import { AnswerChecks } from '../checks/answer-checks';
import { ShippedSets } from './shipped-sets';

describe('the prompt sets that come with Tandem', () => {
  const sets = new ShippedSets(new URL('../../shipped/', import.meta.url));

  it('are general and format, of prompts with ids that say what they are about', async () => {
    expect((await sets.all()).map(({ card }) => card)).toEqual(
      ['general', 'format'].map((name) => ({ id: name, name, count: 20, created_at: null, is_shipped: true })),
    );
    for (const { prompts } of await sets.all()) for (const { id } of prompts) expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  });

  it('are read once, and found by their names alone', async () => {
    expect(await sets.find('general')).toBe(await sets.find('general'));
    expect(await sets.find('General')).toBeUndefined();
    expect(await sets.find('../shipped/general')).toBeUndefined();
  });

  it('differ in their versions, which are of what is in them', async () => {
    const [general, format] = await sets.all();
    expect(general?.version).toMatch(/^[0-9a-f]{16}$/);
    expect(general?.version).not.toBe(format?.version);
    const others = new ShippedSets(new URL('../../shipped/', import.meta.url));
    expect((await others.find('general'))?.version).toBe(general?.version);
  });

  it('have no prompt whose reference fails its own checks', async () => {
    const checks = new AnswerChecks();
    for (const { prompts } of await sets.all()) {
      const judged = prompts.map(({ id, check = [], reference }) => [id, reference === undefined ? null : checks.check(reference, check, reference)?.passed]);
      expect(judged.filter(([, passed]) => passed === false)).toEqual([]);
      expect(judged.some(([, passed]) => passed === true)).toBe(true);
    }
  });
});
