import { signal } from '@angular/core';
import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { CONNECTION_LOST } from '@tandem/web/data-access';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { PaneStore } from './pane-store';

const SETTINGS = { parameters: DEFAULT_PARAMETERS, system: '' };

function setup() {
  const transport = new HeldTransport();
  const paints: (() => void)[] = [];
  const pane = new PaneStore('baseline', signal('base'), { transport, schedule: (callback) => paints.push(callback) });
  const stream = () => transport.of('base');
  const answer = async (...texts: string[]): Promise<void> => {
    stream().give(...texts.map(token), end());
    await stream().end();
  };
  return { transport, pane, stream, answer, last: () => pane.answers().at(-1), paint: () => paints.splice(0).forEach((paint) => paint()) };
}

describe('PaneStore', () => {
  it('shows what arrived with the next paint, not with every frame', () => {
    const { pane, stream, last, paint } = setup();
    pane.ask('Hi', SETTINGS);
    stream().give(token('a'));
    stream().give(token('b'));
    expect(last()?.text).toBe('');
    paint();
    expect(last()?.text).toBe('ab');
  });

  it('sends every sampling value explicitly', () => {
    const { pane, stream } = setup();
    pane.ask('Hi', { parameters: { ...DEFAULT_PARAMETERS, temperature: 0 }, system: 'Be brief.' });
    expect(stream().request).toEqual({
      ...DEFAULT_PARAMETERS,
      temperature: 0,
      model: 'base',
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('sends the earlier turns along', async () => {
    const { pane, stream, answer } = setup();
    pane.ask('One', SETTINGS);
    await answer('First', '.');
    pane.ask('Two', SETTINGS);
    expect(stream().request.messages).toEqual([
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'First.' },
      { role: 'user', content: 'Two' },
    ]);
  });

  it('leaves out turns that brought nothing', async () => {
    const { pane, stream } = setup();
    pane.ask('One', SETTINGS);
    await stream().fail(CONNECTION_LOST);
    pane.ask('Two', SETTINGS);
    expect(stream().request.messages).toEqual([{ role: 'user', content: 'Two' }]);
  });

  describe('when it is stopped', () => {
    it('closes the connection and keeps the text', () => {
      const { pane, stream, last } = setup();
      pane.ask('Hi', SETTINGS);
      stream().give(token('Half'));
      pane.stop();
      expect(stream().isStopped()).toBe(true);
      expect(last()).toMatchObject({ text: 'Half', state: { kind: 'stopped' } });
      expect(pane.isRunning()).toBe(false);
    });
  });

  describe('when the connection is lost', () => {
    it('fails, says so and keeps the text', async () => {
      const { pane, stream, last } = setup();
      pane.ask('Hi', SETTINGS);
      stream().give(token('Half'));
      await stream().fail(CONNECTION_LOST);
      expect(last()).toMatchObject({ text: 'Half', state: { kind: 'failed', fault: CONNECTION_LOST } });
      expect(pane.announcement()).toBe(`Baseline: failed: ${CONNECTION_LOST.message}`);
    });
  });

  it('asks again in place of the last answer', async () => {
    const { pane, stream, answer, last } = setup();
    pane.ask('Hi', SETTINGS);
    await answer('bad');
    pane.retry();
    expect(pane.answers()).toHaveLength(1);
    expect(last()).toMatchObject({ prompt: 'Hi', text: '', state: { kind: 'queued' } });
    expect(stream().request.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('keeps what had come when it asks again, with who gave it', async () => {
    const { pane, stream, transport } = setup();
    pane.ask('Hi', SETTINGS);
    stream().give(token('Half'));
    await stream().fail(CONNECTION_LOST);
    pane.choose('other');
    pane.retry();
    await transport.of('other').fail(CONNECTION_LOST);
    pane.retry();
    expect(pane.turns()).toMatchObject([
      { model: 'other', answer: { text: '' }, earlier: [{ model: 'base', answer: { text: 'Half', state: { kind: 'failed' } } }] },
    ]);
    expect(transport.of('other').request.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('knows who gave an answer, whatever is chosen after it', async () => {
    const { pane, answer } = setup();
    pane.ask('Hi', SETTINGS);
    await answer('Hello');
    pane.choose('other');
    expect(pane.turns()).toMatchObject([{ model: 'base', answer: { text: 'Hello' } }]);
  });

  it('has all of it again after a reload', () => {
    const { pane, stream } = setup();
    pane.ask('Hi', SETTINGS);
    stream().give(token('Half'));
    pane.retry();
    pane.stop();
    const reloaded = setup().pane;
    reloaded.restore(JSON.parse(JSON.stringify(pane.keep())), SETTINGS);
    expect(reloaded.turns()).toMatchObject([{ model: 'base', answer: { state: { kind: 'stopped' } }, earlier: [{ model: 'base', answer: { text: 'Half' } }] }]);
  });

  it('asks the model that was chosen', () => {
    const { pane, transport } = setup();
    pane.choose('other');
    pane.ask('Hi', SETTINGS);
    expect(transport.of('other').request.model).toBe('other');
  });

  it('announces turning points, not tokens', async () => {
    const { pane, stream, paint, answer } = setup();
    pane.ask('Hi', SETTINGS);
    stream().give(token('a'));
    paint();
    expect(pane.announcement()).toBe('Baseline: streaming');
    await answer('b');
    expect(pane.announcement()).toBe('Baseline: finished, 2 tokens');
  });

  it('ends what runs when it is cleared', () => {
    const { pane, stream } = setup();
    pane.ask('Hi', SETTINGS);
    pane.clear();
    expect(stream().isStopped()).toBe(true);
    expect(pane.answers()).toEqual([]);
  });
});
