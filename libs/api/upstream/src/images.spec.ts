import type { ChatTurn, Protocol } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { chunk, closeAfterEach, event, EVENT_STREAM_HEAD, LAST_CHUNK, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const RED = 'data:image/png;base64,iVBORw0KGgo=';
const TALK: readonly ChatTurn[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'What is it?', images: [RED] },
];
const ANSWER = [event({ choices: [{ index: 0, delta: { content: 'Red' }, finish_reason: 'stop' }] }), event('[DONE]')].join('');
const answers: Script = (connection) => connection.write([EVENT_STREAM_HEAD, chunk(ANSWER), LAST_CHUNK].join(''));
const LINE = `${JSON.stringify({ message: { content: 'Red' }, done: true, done_reason: 'stop' })}\n`;
const answersLines: Script = (connection) => connection.write(wholeResponse(200, 'application/x-ndjson', LINE));

async function ask(script: Script, protocol: Protocol) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol }, client);
  const never = new AbortController().signal;
  const request = { ...completionRequest(), messages: TALK, demands: { images: true } as const };
  await (await source.admit(request, never)).complete(request, collect(), never);
  return server.requests.map((text) => JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { readonly messages: readonly unknown[] });
}

describe('an image', () => {
  it('goes to an OpenAI-like server as a part of its message', async () => {
    const [body] = await ask(answers, 'openai-chat');
    expect(body?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: RED } },
        ],
      },
    ]);
  });

  it('goes to Ollama beside its message, as base64 alone', async () => {
    const [body] = await ask(answersLines, 'ollama');
    expect(body?.messages[1]).toEqual({ role: 'user', content: 'What is it?', images: ['iVBORw0KGgo='] });
  });

  it.each<Protocol>(['openai-completions', 'tgi', 'text', 'sse'])('is refused by name where the server takes one text alone: %s', async (protocol) => {
    await expect(ask(answers, protocol)).rejects.toMatchObject({ code: 'invalid_request', param: 'image_url' });
  });

  it('is named where the model itself takes none, with what its server says', async () => {
    const refusal = JSON.stringify({ error: { message: 'm is not a multimodal model', code: 400 } });
    const refuses: Script = (connection) => connection.write(wholeResponse(400, 'application/json', refusal));
    await expect(ask(refuses, 'openai-chat')).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'image_url',
      message: expect.stringMatching(/^image_url: .*did not accept it \(HTTP 400\).*not a multimodal model/),
    });
  });
});
