import { signal } from '@angular/core';
import { type ChatMessage, DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { CONNECTION_LOST } from '@tandem/web/data-access';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { type Side, SIDES } from '../side/sides';
import { PaneStore } from './pane-store';

const SETTINGS = { parameters: DEFAULT_PARAMETERS, system: '' };
const SAID: readonly ChatMessage[] = [
  { role: 'user', content: 'One' },
  { role: 'assistant', content: 'First.' },
];

function setup() {
  const transport = new HeldTransport();
  const paints: (() => void)[] = [];
  const pane = new PaneStore(SIDES[0] as Side, signal('base'), { transport, schedule: (callback) => paints.push(callback) });
  const ask = (prompt: string, settings = SETTINGS, history: readonly ChatMessage[] = []): void => pane.ask({ turn: 't', prompt, history, settings });
  const stream = () => transport.of('base');
  const answer = async (...texts: string[]): Promise<void> => {
    stream().give(...texts.map(token), end());
    await stream().end();
  };
  return {
    transport,
    pane,
    ask,
    stream,
    answer,
    last: () => pane.last(),
    turn: () => pane.answerTo('t'),
    paint: () => paints.splice(0).forEach((paint) => paint()),
  };
}

describe('PaneStore', () => {
  it('shows what arrived with the next paint, not with every frame', () => {
    const { ask, stream, last, paint } = setup();
    ask('Hi');
    stream().give(token('a'));
    stream().give(token('b'));
    expect(last()?.text).toBe('');
    paint();
    expect(last()?.text).toBe('ab');
  });

  it('sends every sampling value explicitly', () => {
    const { ask, stream } = setup();
    ask('Hi', { parameters: { ...DEFAULT_PARAMETERS, temperature: 0 }, system: 'Be brief.' });
    expect(stream().request).toEqual({
      ...DEFAULT_PARAMETERS,
      temperature: 0,
      model: 'base',
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('sends along what was said before', () => {
    const { ask, stream } = setup();
    ask('Two', SETTINGS, SAID);
    expect(stream().request.messages).toEqual([...SAID, { role: 'user', content: 'Two' }]);
  });

  describe('when it is stopped', () => {
    it('closes the connection and keeps the text', () => {
      const { pane, ask, stream, last } = setup();
      ask('Hi');
      stream().give(token('Half'));
      pane.stop();
      expect(stream().isStopped()).toBe(true);
      expect(last()).toMatchObject({ text: 'Half', state: { kind: 'stopped' } });
      expect(pane.isRunning()).toBe(false);
    });
  });

  describe('when the connection is lost', () => {
    it('fails, says so and keeps the text', async () => {
      const { pane, ask, stream, last } = setup();
      ask('Hi');
      stream().give(token('Half'));
      await stream().fail(CONNECTION_LOST);
      expect(last()).toMatchObject({ text: 'Half', state: { kind: 'failed', fault: CONNECTION_LOST } });
      expect(pane.announcement()).toBe(`Baseline: failed: ${CONNECTION_LOST.message}`);
    });
  });

  it('asks again in place of the last answer', async () => {
    const { ask, stream, answer, last } = setup();
    ask('Hi');
    await answer('bad');
    ask('Hi');
    expect(last()).toMatchObject({ prompt: 'Hi', text: '', state: { kind: 'queued' } });
    expect(stream().request.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('keeps what had come when it asks again, with who gave it', async () => {
    const { transport, pane, ask, stream, turn } = setup();
    ask('Hi');
    stream().give(token('Half'));
    await stream().fail(CONNECTION_LOST);
    pane.choose('other');
    ask('Hi');
    await transport.of('other').fail(CONNECTION_LOST);
    ask('Hi');
    expect(turn()).toMatchObject({
      ...{ model: 'other', answer: { text: '' } },
      earlier: [{ model: 'base', answer: { text: 'Half', state: { kind: 'failed' } } }],
    });
    expect(transport.of('other').request.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('knows who gave an answer, whatever is chosen after it', async () => {
    const { pane, ask, answer, turn } = setup();
    ask('Hi');
    await answer('Hello');
    pane.choose('other');
    expect(turn()).toMatchObject({ model: 'base', answer: { text: 'Hello' } });
  });

  it('has all of it again after a reload', () => {
    const { pane, ask, stream } = setup();
    ask('Hi');
    stream().give(token('Half'));
    ask('Hi');
    pane.stop();
    const reloaded = setup();
    reloaded.pane.restore([JSON.parse(JSON.stringify({ ...pane.keep('t'), turn: 't' }))]);
    expect(reloaded.turn()).toMatchObject({
      ...{ side: 'baseline', model: 'base', settings: SETTINGS, answer: { state: { kind: 'stopped' } } },
      earlier: [{ model: 'base', answer: { text: 'Half' } }],
    });
  });

  it('asks the model that was chosen', () => {
    const { transport, pane, ask } = setup();
    pane.choose('other');
    ask('Hi');
    expect(transport.of('other').request.model).toBe('other');
  });

  it('announces turning points, not tokens', async () => {
    const { pane, ask, stream, answer, paint } = setup();
    ask('Hi');
    stream().give(token('a'));
    paint();
    expect(pane.announcement()).toBe('Baseline: streaming');
    await answer('b');
    expect(pane.announcement()).toBe('Baseline: finished, 2 tokens');
  });

  it('gives its model and its answers to the side that it changes places with, what runs included', async () => {
    const { transport, pane, ask, answer } = setup();
    const other = new PaneStore(SIDES[1] as Side, signal('tuned'), { transport, schedule: (callback) => callback() });
    ask('Hi');
    pane.exchange(other);
    await answer('Hello');
    expect([pane.modelId(), other.modelId()]).toEqual(['tuned', 'base']);
    expect(pane.answerTo('t')).toBeUndefined();
    expect(other.answerTo('t')).toMatchObject({ side: 'derivative', model: 'base', answer: { text: 'Hello', state: { kind: 'done' } } });
  });

  it('ends what runs when it is cleared, and has what was kept of it again when that is taken back', () => {
    const { pane, ask, stream } = setup();
    ask('Hi');
    pane.stop();
    const kept = pane.keep('t')!;
    pane.clear();
    expect(stream().isStopped()).toBe(true);
    expect(pane.last()).toBeUndefined();
    pane.restore([{ ...kept, turn: 't' }]);
    expect(pane.last()).toMatchObject({ prompt: 'Hi', state: { kind: 'stopped' } });
  });

  it('ends what runs when it is cleared', () => {
    const { pane, ask, stream } = setup();
    ask('Hi');
    pane.clear();
    expect([stream().isStopped(), pane.last()]).toEqual([true, undefined]);
  });
});
