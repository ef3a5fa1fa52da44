import { Gate } from './gate';

/** What `work` is once everything that is settled was told. */
async function stateOf(work: Promise<unknown>): Promise<string> {
  let state = 'waits';
  void work.then(() => (state = 'is through'));
  await new Promise((resolve) => setImmediate(resolve));
  return state;
}

describe('a gate', () => {
  const never = new AbortController().signal;

  it('lets through while it is open, and after it was opened again, however often it was closed', async () => {
    const gate = new Gate();
    expect(await stateOf(gate.passed(never))).toBe('is through');
    gate.pause();
    gate.pause();
    const waiting = gate.passed(never);
    expect([await stateOf(waiting), gate.isClosed]).toEqual(['waits', true]);
    gate.resume();
    expect([await stateOf(waiting), gate.isClosed]).toEqual(['is through', false]);
  });

  it('keeps nobody who is stopped', async () => {
    const gate = new Gate();
    const stop = new AbortController();
    gate.pause();
    const waiting = gate.passed(stop.signal);
    stop.abort();
    expect(await stateOf(waiting)).toBe('is through');
    expect(await stateOf(gate.passed(stop.signal))).toBe('is through');
  });
});
