import { type Comparison, type ComparisonContent, type ModelIdentity } from '@tandem/shared/contracts';
import { CONNECTION_LOST } from '@tandem/web/data-access';
import { settingsOf, turnsOf } from '../result/turns-of';
import { settings, sideAnswer, swapped, turn } from '../testing/turns';
import { contentOf, pairOf, type ToBeKept } from './content-of';

const IDENTITY: ModelIdentity = { model: 'served', server: 'vLLM', version: '1', context_length: 4096, base: null };

const kept = (more: Partial<ToBeKept> = {}): ComparisonContent =>
  contentOf({ title: '', turns: [turn()], models: ['base', 'tuned'], isCrossed: false, configVersion: 'v1', identityOf: () => IDENTITY, ...more });

/** As the server gives it back. */
const comparison = (content: ComparisonContent): Comparison => ({
  ...content,
  ...{ id: 'kept', url: '/comparisons/kept', created_at: '2026-11-20T12:00:00Z', updated_at: '2026-11-20T12:00:00Z' },
});

describe('what is kept of a comparison', () => {
  it('is who answered, what was asked with, and all that came', () => {
    const content = kept();
    expect(content).toMatchObject({
      baseline: 'base',
      derivative: 'tuned',
      system: null,
      config_version: 'v1',
      parameters: { baseline: { temperature: 0.7 } },
    });
    const answer = sideAnswer('derivative').answer;
    expect(content.turns).toMatchObject([
      {
        prompt: 'Hi',
        baseline: { model: 'base', text: 'baseline says hello', finish_reason: 'stop', error: null, identity: IDENTITY },
        derivative: { model: 'tuned', text: 'derivative says hello', usage: answer.usage, timings: answer.timings, seed: 7, thoughts: null },
      },
    ]);
  });

  it('reads again as the same turns', () => {
    const broken = [
      sideAnswer('baseline', { state: { kind: 'stopped' }, thoughts: 'Hm.' }),
      sideAnswer('derivative', { state: { kind: 'failed', fault: { code: 'upstream_idle', message: 'It fell silent.', retryable: true } } }),
    ];
    const turns = [turn(), turn(broken, { id: 'two', prompt: 'Again' })];
    const read = turnsOf(comparison(kept({ turns })));
    expect(
      read.map(({ prompt, answers }) => ({ prompt, answers: answers.map(({ answer: { id: _, prompt: __, ...answer }, ...asked }) => ({ ...asked, answer })) })),
    ).toEqual(
      turns.map(({ prompt, answers }) => ({
        prompt,
        answers: answers.map(({ answer: { id: _, prompt: __, ...answer }, ...asked }) => ({ ...asked, answer })),
      })),
    );
  });

  it('has the derivative as the derivative, also where it stands on the left', () => {
    const content = kept({ turns: [swapped(turn())], isCrossed: true });
    expect(content).toMatchObject({ baseline: 'base', derivative: 'tuned', turns: [{ baseline: { text: 'baseline says hello' } }] });
  });

  it('has one system prompt, or each side’s own with its values', () => {
    const asked = (left: string, right: string) => [
      sideAnswer('baseline', {}, { settings: settings({ system: left }) }),
      sideAnswer('derivative', {}, { settings: settings({ system: right }) }),
    ];
    expect(kept({ turns: [turn(asked('Be brief.', 'Be brief.'))] })).toMatchObject({ system: 'Be brief.' });
    const apart = kept({ turns: [turn(asked('Be brief.', ''))] });
    expect(apart.system).toBeNull();
    expect([settingsOf(apart, 'baseline').system, settingsOf(apart, 'derivative').system]).toEqual(['Be brief.', '']);
  });

  it('says of what the browser found on the way what the server has a word for', () => {
    const lost = sideAnswer('baseline', { state: { kind: 'failed', fault: CONNECTION_LOST } });
    const { turns } = kept({ turns: [turn([lost, sideAnswer('derivative', { state: { kind: 'interrupted' } })])] });
    expect(turns[0]).toMatchObject({
      baseline: { error: { code: 'upstream_incomplete', message: CONNECTION_LOST.message }, finish_reason: null },
      derivative: { error: { code: 'upstream_incomplete' }, finish_reason: null },
    });
  });

  it('tells a side that was not asked from one that said nothing', () => {
    const alone = [turn([sideAnswer('derivative')])];
    expect(pairOf(alone, ['base', 'tuned'])).toEqual(['base', 'tuned']);
    expect(turnsOf(comparison(kept({ turns: alone })))[0]?.answers.map(({ side }) => side)).toEqual(['derivative']);
    const silent = [turn([sideAnswer('baseline', { text: '' }), sideAnswer('derivative')])];
    expect(turnsOf(comparison(kept({ turns: silent })))[0]?.answers).toHaveLength(2);
  });

  it('goes by who answered last, whoever stands on the sides now', () => {
    const other = sideAnswer('baseline', {}, { model: 'earlier' });
    expect(pairOf([turn([other, sideAnswer('derivative')]), turn()], ['x', 'y'])).toEqual(['base', 'tuned']);
  });
});
