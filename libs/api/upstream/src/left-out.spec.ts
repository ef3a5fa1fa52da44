import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  type Script,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
type Body = Readonly<Record<string, unknown>>;
const good = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]);
const json = (status: number, body: unknown) => wholeResponse(status, 'application/json', JSON.stringify(body));

/** A server that refuses a body as long as there is something to say of it. */
async function setup(complain: (body: Body) => string | undefined) {
  const script: Script = (connection, request) => connection.write(complain(JSON.parse(request.split('\r\n\r\n')[1] ?? 'null') as Body) ?? good);
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat' }, client);
  const complete = (parameters = {}, more = {}) => source.complete({ ...completionRequest('Why temperature?', parameters), ...more }, collect(), patient());
  const bodies = () => server.requests.map((request) => JSON.parse(request.split('\r\n\r\n')[1] ?? 'null') as Body);
  return { complete, bodies };
}

const refuses = (fields: readonly string[], say: (field: string) => string) => (body: Body) => {
  const field = fields.find((name) => name in body);
  return field === undefined ? undefined : say(field);
};

describe('What a model server does not take', () => {
  it('two parameters together: one is left out, the other stays, and it is remembered', async () => {
    const message = '`temperature` and `top_p` cannot both be specified for this model. Please use only one.';
    const { complete, bodies } = await setup((body) => ('temperature' in body && 'top_p' in body ? json(400, { error: { message } }) : undefined));
    await expect(complete()).resolves.toEqual({ finishReason: 'stop', ignoredParameters: ['top_p'] });
    await expect(complete({ temperature: 1, top_p: 0.5 })).resolves.toEqual({ finishReason: 'stop', ignoredParameters: ['temperature'] });
    expect(bodies()).toHaveLength(3);
    expect(bodies()[2]).toMatchObject({ top_p: 0.5 });
  });

  it('one field per reply: as many rounds as it takes, once', async () => {
    const fields = ['top_k', 'temperature', 'top_p', 'seed', 'stream_options', 'max_tokens', 'stop'];
    const { complete, bodies } = await setup(refuses(fields, (field) => json(400, { error: { message: `Unknown parameter: '${field}'.`, param: field } })));
    const end = { finishReason: 'stop', ignoredParameters: ['temperature', 'top_p', 'top_k', 'repetition_penalty', 'seed', 'stop'] };
    await expect(complete({ stop: ['x'] })).resolves.toEqual(end);
    await expect(complete({ stop: ['x'] })).resolves.toEqual(end);
    expect(bodies()).toHaveLength(fields.length + 2);
    expect(bodies().at(-1)).toMatchObject({ max_completion_tokens: 512 });
  });

  it.each<[string, (field: string) => string]>([
    [
      'a list',
      (field) =>
        json(400, [
          { error: { code: 400, message: `Invalid JSON payload received. Unknown name "${field}": Cannot find field.`, status: 'INVALID_ARGUMENT' } },
        ]),
    ],
    [
      "FastAPI's detail",
      (field) => json(422, { detail: [{ type: 'extra_forbidden', loc: ['body', field], msg: 'Extra inputs are not permitted', input: 1 }] }),
    ],
    ['a list of findings', (field) => json(400, { errors: [{ field, message: 'nope' }] })],
    ['findings by field', (field) => json(400, { errors: { [field]: ['Unknown field.'] } })],
    ['plain text', (field) => wholeResponse(400, 'text/plain', `parameter ${field} is not supported`)],
    ['JSON in a text', (field) => json(400, { error: { message: JSON.stringify({ error: { message: `${field} is not supported` } }), code: 400 } })],
    ['JSON as a text', (field) => json(400, JSON.stringify({ message: `${field} is not supported` }))],
    ['another language', (field) => json(400, { code: 'InvalidParameter', message: `参数${field}不支持` })],
    ['a field of its own', (field) => json(400, { error: { message: 'Bad Request', param: field } })],
    ['a refusal with another status', (field) => json(406, { message: `${field} not allowed` })],
    ['an answer that is a failure', (field) => json(200, { error: { message: `${field} is not supported` } })],
    ['an event that is a failure', (field) => wholeResponse(200, 'text/event-stream', event({ error: { message: `${field} is not supported` } }))],
  ])('told as %s is left out', async (_, say) => {
    const { complete, bodies } = await setup(refuses(['seed', 'temperature'], say));
    await expect(complete()).resolves.toEqual({ finishReason: 'stop', ignoredParameters: ['temperature', 'seed'] });
    await complete();
    expect(bodies()).toHaveLength(4);
  });

  it('is not guessed from the prompt that it repeats', async () => {
    const { complete, bodies } = await setup(() => json(400, { error: { message: 'I did not like "Why temperature?"' } }));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_rejected' });
    expect(bodies()).toHaveLength(1);
  });

  it('is remembered only where leaving it out helped', async () => {
    let isAngry = true;
    const { complete, bodies } = await setup(() => (isAngry ? json(400, { error: { message: 'seed is unknown here, and much else' } }) : undefined));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_rejected' });
    isAngry = false;
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
    expect(bodies().at(-1)).toHaveProperty('seed', 7);
  });

  it('one value: it is left out this once', async () => {
    const { complete } = await setup((body) =>
      Number(body['temperature'] ?? 0) > 1 ? json(400, { error: { message: 'temperature must be at most 1' } }) : undefined,
    );
    await expect(complete({ temperature: 1.5 })).resolves.toEqual({ finishReason: 'stop', ignoredParameters: ['temperature'] });
    await expect(complete({ temperature: 0.5 })).resolves.toEqual({ finishReason: 'stop' });
  });

  it('a length that is too long is told, with what the server said', async () => {
    const { complete } = await setup(() => json(400, { error: { message: 'max_tokens must be at most 100' } }));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_rejected', message: expect.stringContaining('at most 100') });
  });

  it.each([
    ['a list', json(400, [{ error: { code: 400, message: 'API key not valid' } }])],
    ['plain text', wholeResponse(400, 'text/plain', 'API key not valid')],
    ['a flat message', json(400, { code: 7, msg: 'API key not valid' })],
  ])('for a reason told as %s, says that reason', async (_, refusal) => {
    const { complete } = await setup(() => refusal);
    await expect(complete()).rejects.toMatchObject({ message: expect.stringContaining('API key not valid') });
  });
});

describe('What is configured never to be sent', () => {
  it('is not sent under any name, whatever was asked, and told', async () => {
    const { complete, bodies } = await setup(() => undefined);
    const unsent = ['top_p', 'repetition_penalty', 'max_tokens'];
    await expect(complete({ top_p: 0.3 }, { unsent })).resolves.toEqual({
      finishReason: 'stop',
      ignoredParameters: ['top_p', 'repetition_penalty', 'max_tokens'],
    });
    for (const field of ['top_p', 'repetition_penalty', 'repeat_penalty', 'max_tokens', 'max_completion_tokens']) expect(bodies()[0]).not.toHaveProperty(field);
    expect(bodies()[0]).toMatchObject({ temperature: 0.7, top_k: 50 });
  });
});

guardLeaks();
