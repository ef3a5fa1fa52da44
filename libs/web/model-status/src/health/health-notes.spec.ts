import type { HealthReport, ModelCard } from '@tandem/shared/contracts';
import { notesOf } from './health-notes';

const REMOTE = { id: 'a', place: 'remote', endpoint: 'host:1', context_length: 32_768 } as ModelCard;
const LOCAL = { id: 'a', place: 'local', endpoint: 'local:sft/a.gguf', context_length: 1024 } as ModelCard;
const report = (more: Partial<HealthReport>): HealthReport => ({
  status: 'unhealthy',
  healthy: false,
  model: 'a',
  endpoint: 'host:1',
  latency_ms: 1,
  checked_at: '2026-11-21T12:00:00Z',
  cause: 'key_refused',
  last_answer_at: null,
  detail: 'host:1 refuses the key.',
  hint: 'Correct API_KEY.',
  identity: null,
  ...more,
});
const served = { model: 'm', server: null, version: null, context_length: 4096, base: null };

describe('notesOf', () => {
  it('says what is wrong, why and what to do, and offers another look', () => {
    expect(notesOf(REMOTE, report({}), 0)).toEqual([
      { mark: 'bad', name: 'Key refused', title: 'Key refused', text: 'host:1 refuses the key. Correct API_KEY.', canCheck: true },
    ]);
  });

  it('says both that a model is not well and that its context is another', () => {
    const notes = notesOf(REMOTE, report({ status: 'degraded', cause: 'wrong_model', identity: served }), 0);
    expect(notes.map(({ title }) => title)).toEqual(['Wrong model', 'Context length differs']);
  });

  it.each([
    ['a model that is well', REMOTE, report({ status: 'healthy', healthy: true, cause: null })],
    ['one of which nobody knows', REMOTE, undefined],
    ['one that was not looked at yet', REMOTE, report({ status: 'unknown', cause: null, checked_at: null })],
    ['one that does not say how it is', REMOTE, report({ status: 'unknown', cause: null })],
    ['a file that is being loaded, which its pane shows', LOCAL, report({ status: 'loading', cause: null })],
  ])('has nothing to say of %s', (_, card, said) => expect(notesOf(card, said, 0)).toEqual([]));

  it('says of a checkpoint of which no GGUF can be made that it cannot be converted, why, and what to do', () => {
    const said = report({ cause: 'unusable_file', detail: 'There is no tokenizer: put tokenizer.json beside it.', hint: '' });
    expect(notesOf(LOCAL, said, 0, true)).toEqual([
      { mark: 'bad', name: 'Cannot be converted', title: 'Cannot be converted', text: 'There is no tokenizer: put tokenizer.json beside it.', canCheck: false },
    ]);
  });

  it('offers no look at a file, which is watched', () => {
    expect(notesOf(LOCAL, report({ cause: 'unusable_file', detail: 'It is cut off.', hint: 'Copy it again.' }), 0)).toMatchObject([
      { title: 'Cannot be used', canCheck: false },
    ]);
  });
});
