import { Fault } from '@tandem/api/faults';
import type { SetPrompt } from '@tandem/shared/contracts';
import { closeAfterEach } from '@tandem/testing';
import { lanesOf } from '../testing/lanes-of';
import { type Script, scriptedModels } from '../testing/scripted-models';
import { messagesOf, SideAsker } from './side-asker';

const defer = closeAfterEach();
const PROMPT: SetPrompt = { id: 'p', prompt: 'Say yes.', system: 'Be brief.', reference: 'yes', check: [{ type: 'exact' }] };
const later = (retryAfterSeconds = 0) => new Fault('upstream_rate_limited', 'Later.', { retryable: true, retryAfterSeconds });

function setup(script: Script) {
  const { asked, resolver } = scriptedModels({ m: script });
  const { lanes, people, close } = lanesOf(resolver);
  defer(close);
  const leave = new AbortController();
  const asker = new SideAsker(resolver, lanes, people);
  const ask = (model = 'm', prompt = PROMPT) => asker.ask(model, prompt, { seed: 7 }, leave.signal);
  return { asked, ask, leave };
}

describe('SideAsker', () => {
  it('keeps an answer with how it ended and what its checks found', async () => {
    const { asked, ask } = setup(() => ' yes\n');
    expect(await ask()).toEqual({
      model: 'm',
      text: ' yes\n',
      finish_reason: 'stop',
      error: null,
      usage: null,
      timings: expect.objectContaining({ total_ms: expect.any(Number) }),
      seed: 7,
      ignored_parameters: [],
      check: { passed: true, checks: [{ type: 'exact', passed: true }] },
      tries: 1,
    });
    expect(asked).toEqual([{ model: 'm', prompt: 'Say yes.', system: 'Be brief.', seed: 7 }]);
  });

  it('has the answer checked, and never the thoughts', async () => {
    const { ask } = setup((_, sink) => {
      sink.text('yes', true);
      return 'no';
    });
    expect(await ask()).toMatchObject({ text: 'no', thoughts: 'yes', check: { passed: false } });
  });

  it('checks an answer of no words like any other', async () => {
    expect(await setup(() => '').ask()).toMatchObject({ text: '', error: null, check: { passed: false } });
  });

  it('tries again where the fault says that it may help, with the same seed, and says how often', async () => {
    let tries = 0;
    const { asked, ask } = setup(() => {
      tries += 1;
      if (tries < 3) throw later();
      return 'yes';
    });
    expect(await ask()).toMatchObject({ text: 'yes', error: null, check: { passed: true }, tries: 3 });
    expect(asked.map(({ seed }) => seed)).toEqual([7, 7, 7]);
  });

  it('tries five times, and keeps the fault then', async () => {
    const { asked, ask } = setup(() => {
      throw later();
    });
    expect(await ask()).toMatchObject({
      text: '',
      finish_reason: null,
      error: { code: 'upstream_rate_limited', message: 'Later.', retryable: true },
      seed: 7,
      check: null,
      tries: 5,
    });
    expect(asked).toHaveLength(5);
  });

  it.each<[string, () => never, string]>([
    ['a fault that stays', () => raise(new Fault('upstream_rejected', 'No.')), 'upstream_rejected'],
    ['what was not foreseen', () => raise(new Error('secret')), 'internal_error'],
  ])('asks once where it meets %s', async (_, script, code) => {
    const { asked, ask } = setup(script);
    const answer = await ask();
    expect(answer).toMatchObject({ error: { code }, check: null, tries: 1 });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(asked).toHaveLength(1);
  });

  it('keeps what was said before the fault, and has it not checked', async () => {
    const { ask } = setup((_, sink) => {
      sink.text('yes');
      throw new Fault('upstream_incomplete', 'It broke off.');
    });
    expect(await ask()).toMatchObject({ text: 'yes', error: { code: 'upstream_incomplete' }, check: null });
  });

  it('keeps nothing of a try that failed where the next one goes well', async () => {
    let tries = 0;
    const { ask } = setup((_, sink) => {
      tries += 1;
      if (tries > 1) return 'yes';
      sink.text('half an answer');
      throw later();
    });
    expect((await ask()).text).toBe('yes');
  });

  it('keeps that there is no such model, like any other fault', async () => {
    expect(await setup(() => 'yes').ask('gone')).toMatchObject({ model: 'gone', text: '', error: { code: 'model_not_found' }, tries: 1 });
  });

  it('rejects with the reason where nobody waits any longer: during an answer, and between two tries', async () => {
    const gone = new Error('gone');
    const during = setup(() => {
      during.leave.abort(gone);
      return 'yes';
    });
    await expect(during.ask()).rejects.toBe(gone);
    const between = setup(() => {
      setImmediate(() => between.leave.abort(gone));
      throw later(60);
    });
    await expect(between.ask()).rejects.toBe(gone);
    expect(between.asked).toHaveLength(1);
  });
});

describe('messagesOf', () => {
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello.' },
    { role: 'user', content: 'Well?' },
  ] as const;

  it.each<[SetPrompt, readonly object[]]>([
    [{ id: 'p', prompt: 'Hi' }, [{ role: 'user', content: 'Hi' }]],
    [
      { id: 'p', prompt: 'Hi', system: 'Be brief.' },
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
    ],
    [{ id: 'p', messages }, messages],
    [{ id: 'p', messages, system: 'Be brief.' }, [{ role: 'system', content: 'Be brief.' }, ...messages]],
  ])('of %j', (prompt, expected) => {
    expect(messagesOf(prompt)).toEqual(expected);
  });
});

function raise(thrown: Error): never {
  throw thrown;
}
