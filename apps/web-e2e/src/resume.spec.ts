import { until } from '@tandem/testing';
import { type Echo, ENDLESS, startEcho } from './start-echo';
import { usePage } from './use-page';
import { Wire } from './wire';

const LONG = Array.from({ length: 300 }, (_, n) => `word${n}`).join(' ');
const NETWORK_TROUBLE = /ERR_|Failed to load resource|network error/;

describe('an answer whose page or connection goes away', () => {
  let echo: Echo;
  const wire = new Wire();
  let origin: string;
  const { app, open } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 60 });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  beforeAll(async () => {
    origin = await wire.open(() => Number(new URL(app().url).port));
  });
  afterEach(() => wire.mend());
  afterAll(async () => {
    wire.close();
    await echo.close();
  });

  describe('on the compare page', () => {
    it('is gone on with after a reload, whole, and asked for once', async () => {
      const asked = echo.asked();
      const compare = await open();
      const release = echo.hold();
      await compare.ask(LONG);
      await Promise.all([compare.baseline.untilLonger(20), compare.derivative.untilLonger(20)]);
      await compare.page.reload();
      await Promise.all([compare.baseline.untilLonger(20), compare.derivative.untilLonger(20)]);
      expect(await compare.composer.inputValue()).toBe('');
      release();
      await compare.untilIdle();
      for (const pane of [compare.baseline, compare.derivative]) {
        expect((await pane.text()).trim()).toBe(LONG);
        expect(await pane.state()).toMatch(/^done/);
      }
      expect(echo.asked() - asked).toBe(2);
    });

    it('is there after a reload when it has ended', async () => {
      const compare = await open();
      await compare.ask('one two three');
      await compare.untilIdle();
      const asked = echo.asked();
      await compare.page.reload();
      await compare.untilReady();
      await compare.baseline.untilLonger(5);
      expect((await compare.baseline.text()).trim()).toBe('one two three');
      await compare.derivative.untilState(/^done/);
      await compare.ask('four');
      await compare.untilIdle();
      expect(echo.asked() - asked).toBe(2);
    });

    it('can be stopped after a reload, and the model server hears of it', async () => {
      const cancelled = echo.cancelled();
      const compare = await open();
      await compare.ask(ENDLESS);
      await Promise.all([compare.baseline.untilLonger(100), compare.derivative.untilLonger(100)]);
      await compare.page.reload();
      await compare.page.getByRole('button', { name: 'Stop all' }).click();
      await until(() => echo.cancelled() === cancelled + 2);
      await compare.baseline.untilState(/stopped/);
      expect(await compare.baseline.text()).toMatch(/^word0 word1 /);
    });

    it('goes on by itself when the connection is back, with nothing lost and nothing twice', async () => {
      const asked = echo.asked();
      const compare = await open({ expects: NETWORK_TROUBLE, origin });
      const release = echo.hold();
      await compare.ask(LONG);
      await Promise.all([compare.baseline.untilLonger(15), compare.derivative.untilLonger(15)]);
      wire.cut();
      for (const pane of [compare.baseline, compare.derivative]) await pane.untilState(/connection lost, resuming/);
      expect(await compare.baseline.text()).toMatch(/^word0 word1 /);
      release();
      wire.mend();
      await compare.untilIdle();
      for (const pane of [compare.baseline, compare.derivative]) expect((await pane.text()).trim()).toBe(LONG);
      expect(echo.asked() - asked).toBe(2);
    });

    it('is stopped at the model although the page had no connection when Stop was pressed', async () => {
      const cancelled = echo.cancelled();
      const compare = await open({ expects: NETWORK_TROUBLE, origin });
      await compare.ask(ENDLESS);
      await Promise.all([compare.baseline.untilLonger(100), compare.derivative.untilLonger(100)]);
      wire.cut();
      for (const pane of [compare.baseline, compare.derivative]) await pane.untilState(/connection lost, resuming/);
      await compare.page.getByRole('button', { name: 'Stop all' }).click();
      await compare.baseline.untilState(/stopped/);
      wire.mend();
      await until(() => echo.cancelled() === cancelled + 2);
    });
  });
});
