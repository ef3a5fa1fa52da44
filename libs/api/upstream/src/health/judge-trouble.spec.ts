import { Fault } from '@tandem/api/faults';
import type { HealthFinding } from '@tandem/shared/contracts';
import { judgeTrouble } from './judge-trouble';

const GREEN: HealthFinding = { status: 'healthy', cause: null, detail: 'host:1 serves "m".', hint: '', identity: null };
const REMOTE = {};
const REFUSED = new Fault('upstream_auth', { server: 'host:1', what: 'refused the key (HTTP 401)', hint: 'correct API_KEY, or the variable' });
const SILENT = new Fault('upstream_idle', { server: 'host:1', what: 'fell silent in the middle of its answer' });

describe('judgeTrouble', () => {
  it('lets stand what was found where the answers are fine', () => {
    expect(judgeTrouble(GREEN, null, REMOTE)).toBe(GREEN);
  });

  it('degrades a model whose checks are fine and whose answers fail, with why and what to do', () => {
    expect(judgeTrouble(GREEN, { cause: 'answers_fail', fault: SILENT }, REMOTE)).toMatchObject({
      status: 'degraded',
      cause: 'answers_fail',
      detail: 'Its checks pass, but its last answers failed: it fell silent in the middle of its answer.',
      hint: expect.stringMatching(/^Look into its log\..*next prompt\.$/),
    });
  });

  it.each([
    ['key_refused', { ...REMOTE, apiKey: 'sk-secret-key' }, /^Correct API_KEY/],
    ['key_missing', REMOTE, /^Set API_KEY/],
  ] as const)('says %s where checks pass without a key and answers do not', (cause, remote, hint) => {
    expect(judgeTrouble(GREEN, { cause: 'key_refused', fault: REFUSED }, remote)).toMatchObject({
      status: 'unhealthy',
      cause,
      detail: 'Its checks pass, but prompts do not: it refused the key (HTTP 401).',
      hint: expect.stringMatching(hint),
    });
  });

  it.each(['CUDA error: out of memory', 'boom'])('tells the words of a server as a whole, and what to do only once: %s', (quoted) => {
    const fault = new Fault('upstream_error', { server: 'host:1', what: 'failed (HTTP 500)', hint: 'look into its log, then try again', quoted });
    expect(judgeTrouble(GREEN, { cause: 'answers_fail', fault }, REMOTE)).toMatchObject({
      detail: `Its checks pass, but its last answers failed: it failed (HTTP 500). It said: "${quoted}"`,
      hint: expect.stringMatching(/^Look into its log\./),
    });
  });

  it('says nothing of answers where the checks themselves say what is wrong', () => {
    const down: HealthFinding = { status: 'unhealthy', cause: 'unreachable', detail: 'Nothing listens.', hint: '' };
    expect(judgeTrouble(down, { cause: 'answers_fail', fault: SILENT }, REMOTE)).toBe(down);
  });
});
