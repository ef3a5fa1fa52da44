import type { AskedPrompt, PromptSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { ErrorBody, ParityBody } from '@tandem/shared/contracts';
import { startScoring } from '../testing/start-scoring';

const ASKED: AskedPrompt = { method: 'engine', prompt: '<s>Hi', tokens: [1, 2], unsent: [], reusesCache: false, truncates: false };
const PAIR = { baseline: 'here', derivative: 'here', messages: [{ role: 'user', content: 'Hi' }] };

const unused = async (): Promise<never> => Promise.reject(new Error('nothing is to be scored'));
const setup = (ask: PromptSource['ask'] = async () => ASKED) => startScoring(unused, ask);
const errorOf = async (response: Response) => ((await response.json()) as ErrorBody).error;

describe('how a pair would be asked, over HTTP', () => {
  it.each<[object, string]>([
    [{ ...PAIR, baseline: '' }, 'baseline'],
    [{ ...PAIR, derivative: undefined }, 'derivative'],
    [{ ...PAIR, messages: undefined }, 'messages'],
    [{ ...PAIR, messages: [] }, 'messages'],
    [{ ...PAIR, messages: [{ role: 'user', content: ' ' }] }, 'messages[0].content'],
    [{ ...PAIR, messages: [{ role: 'robot', content: 'Hi' }] }, 'messages[0].role'],
    [{ ...PAIR, messages: Array(1_001).fill(PAIR.messages[0]) }, 'messages'],
    [{ ...PAIR, system: ' ' }, 'system'],
    [{ ...PAIR, parameters: [] }, 'parameters'],
    [{ ...PAIR, parameters: null }, 'parameters'],
    [{ ...PAIR, parameters: 'hot' }, 'parameters'],
    [{ ...PAIR, parameters: { temperature: 3 } }, 'parameters.temperature'],
    [{ ...PAIR, parameters: { max_tokens: 0 } }, 'parameters.max_tokens'],
    [{ ...PAIR, parameters: { stop: [''] } }, 'parameters.stop'],
    [{ ...PAIR, parameters: { heat: 1 } }, 'parameters.heat'],
    [{ ...PAIR, prompt: 'Hi' }, 'prompt'],
  ])('refuses %j, naming the field', async (body, param) => {
    const { post } = await setup();
    const response = await post('parity', body);
    expect([response.status, await errorOf(response)]).toMatchObject([400, { param }]);
  });

  it.each(['baseline', 'derivative'])('names the field of a model that is not there: %s', async (param) => {
    const { post } = await setup();
    const response = await post('parity', { ...PAIR, [param]: 'nowhere' });
    expect([response.status, await errorOf(response)]).toMatchObject([404, { code: 'model_not_found', param }]);
  });

  it('asks for the whole conversation with every value, the same for both', async () => {
    const asked: Parameters<PromptSource['ask']>[0][] = [];
    const { post } = await setup(async (request) => {
      asked.push(request);
      return ASKED;
    });
    const response = await post('parity', { ...PAIR, system: 'Be brief.', parameters: { temperature: 0, stop: ['\n'] } });
    const { status, parity } = (await response.json()) as ParityBody;
    expect([response.status, status, parity.equal, parity.differences]).toEqual([200, 'success', true, []]);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual(asked[1]);
    expect(asked[0]?.messages).toEqual([{ role: 'system', content: 'Be brief.' }, ...PAIR.messages]);
    expect(parity.parameters).toMatchObject({ temperature: 0, top_p: 0.9, top_k: 0, repetition_penalty: 1, max_tokens: 512, stop: ['\n'] });
    expect(asked[0]?.parameters).toEqual(parity.parameters);
  });

  it('lists what nobody knows of a model that tells nothing', async () => {
    const { post } = await setup();
    const { parity } = (await (await post('parity', { ...PAIR, derivative: 'there' })).json()) as ParityBody;
    expect(parity).toMatchObject({ equal: false, derivative: { method: 'none', prompt: null, tokens: null, reuses_cache: null, truncates: null } });
    expect(parity.differences).toEqual([
      { kind: 'prompt_unknown', sides: ['derivative'] },
      { kind: 'cache', sides: ['derivative'] },
      { kind: 'truncation', sides: ['derivative'] },
    ]);
  });

  it('has the status of what failed', async () => {
    const { post } = await setup(async () => {
      throw new Fault('upstream_unreachable', { server: 'localhost:1', what: 'cannot be reached' }, { retryable: true });
    });
    const response = await post('parity', PAIR);
    expect([response.status, await errorOf(response)]).toMatchObject([502, { code: 'upstream_unreachable', retryable: true }]);
  });
});
