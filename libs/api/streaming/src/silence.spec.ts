import { jest } from '@jest/globals';
import { closeAfterEach, dial } from '@tandem/testing';
import { startStreaming } from './testing/start-streaming';

const closing = closeAfterEach();
const SECOND = 1_000;

/** What a raw client has of the answer, while the test turns the clock of whatever comes again and again. */
async function setup(path: string) {
  jest.useFakeTimers({
    doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'],
  });
  const { port, say } = await startStreaming();
  const socket = await dial(port);
  closing(() => void socket.destroy());
  let got = '';
  socket.on('data', (bytes: Buffer) => (got += String(bytes)));
  const untilGot = async (what: RegExp) => {
    while (!what.test(got)) await new Promise((resolve) => setImmediate(resolve));
  };
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  return { say, got: () => got, untilGot };
}

afterEach(() => jest.useRealTimers());

describe('an answer that is a long time in coming', () => {
  it('begins at once, and says something every 15 s, so that nobody on the way takes it for dead', async () => {
    const { say, got, untilGot } = await setup('/stream?model=echo&prompt=endless%20and%20silent');
    await untilGot(/^HTTP\/1\.1 200 [\s\S]*: tandem\n/);
    for (let pings = 1; pings <= 6; pings++) {
      jest.advanceTimersByTime(15 * SECOND - 1);
      expect(got().match(/^: ping$/gm)?.length ?? 0).toBe(pings - 1);
      jest.advanceTimersByTime(1);
      await untilGot(new RegExp(`(: ping\\n[^]*){${pings}}`));
    }
    expect(got()).not.toMatch(/^data:/m);
    say('at last');
    await untilGot(/data: .*"at last"/);
  });
});
