import { TestBed } from '@angular/core/testing';
import { type ConfigStatusBody } from '@tandem/shared/contracts';
import { ConfigStore } from '@tandem/web/data-access';
import { Clock } from '@tandem/web/model-status';
import { ConfigBanner } from './config-banner';

const NOON = new Date(2026, 10, 20, 12);
const at = (minutes: number): string => new Date(NOON.getTime() + minutes * 60_000).toISOString();

const REJECTED = { code: 'invalid_config', message: 'baseline_models: must be a list.', at: at(-1) };
const UNREAD = { code: 's3_unreachable', message: 'The bucket cannot be reached.', at: at(-1) };
const STATUS: ConfigStatusBody = {
  status: 'success',
  source: 'file',
  version: 'a',
  etag: null,
  loaded_at: at(-90),
  next_refresh_at: null,
  last_error: null,
  counts: { baseline: 1, twodelta: 1, local: 0 },
};

async function setup(first: Partial<ConfigStatusBody>) {
  let status: ConfigStatusBody = { ...STATUS, ...first };
  globalThis.fetch = async () => ({ ok: true, status: 200, json: async () => status }) as Response;
  TestBed.configureTestingModule({ providers: [{ provide: Clock, useValue: { nowMs: () => NOON.getTime() } }] });
  const fixture = TestBed.createComponent(ConfigBanner);
  const page = fixture.nativeElement as HTMLElement;
  const become = async (next: Partial<ConfigStatusBody>): Promise<void> => {
    status = { ...STATUS, ...next };
    await TestBed.inject(ConfigStore).look();
    await fixture.whenStable();
  };
  const dismiss = async (): Promise<void> => {
    page.querySelector<HTMLElement>('[aria-label=Dismiss]')?.click();
    await fixture.whenStable();
  };
  await become(first);
  return { page, become, dismiss, said: () => page.querySelector('p')?.textContent?.trim().replace(/\s+/g, ' ') };
}

describe('the banner of the configuration', () => {
  it('says nothing while all is well, in a place that is read out when it does', async () => {
    const { page, said } = await setup({});
    expect([said(), page.querySelector('[role=status]')?.textContent?.trim()]).toEqual([undefined, '']);
  });

  it.each<[string, Partial<ConfigStatusBody>, string]>([
    [
      'what is rejected',
      { last_error: REJECTED },
      'Configuration rejected. baseline_models: must be a list. The one of 10:30 stays in force. Correct it: it is read again as soon as it changes.',
    ],
    [
      'when it is looked at again',
      { last_error: REJECTED, next_refresh_at: at(5) },
      'Configuration rejected. baseline_models: must be a list. The one of 10:30 stays in force. Correct it: it is read again at 12:05.',
    ],
    [
      'what could not be read, which nobody can correct',
      { last_error: UNREAD, next_refresh_at: at(5) },
      'Configuration not read. The bucket cannot be reached. The one of 10:30 stays in force. It is read again at 12:05.',
    ],
    [
      'that there is no model, where none was read before',
      { last_error: UNREAD, counts: { baseline: 0, twodelta: 0, local: 3 } },
      'Configuration not read. The bucket cannot be reached. No model is configured until then. It is read again as soon as it changes.',
    ],
  ])('says %s', async (_, status, words) => {
    expect((await setup(status)).said()).toBe(words);
  });

  it('stays away once it is dismissed, until something else is wrong', async () => {
    const { said, become, dismiss } = await setup({ last_error: REJECTED });
    await dismiss();
    expect(said()).toBeUndefined();
    await become({ last_error: { ...REJECTED, message: 'The same, in other words.' } });
    expect(said()).toBeUndefined();
    await become({ last_error: { ...REJECTED, at: at(0) } });
    expect(said()).toContain('Configuration rejected.');
  });

  it('goes by itself when the configuration is read', async () => {
    const { said, become } = await setup({ last_error: REJECTED });
    await become({});
    expect(said()).toBeUndefined();
  });
});
