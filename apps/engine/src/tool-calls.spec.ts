import type { EngineCall, OfferedTools } from '@tandem/shared/engine-protocol';
import { randomLlama, scriptedLlama, STRING } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const EACH = "{% for tool in tools or [] %}{{ tool | tojson }}{% endfor %}{% for message in messages %}{{ message['content'] }}|{% endfor %}";
const HERMES = `${EACH}{# <tool_call></tool_call> #}`;
const MISTRAL = `${EACH}{# [TOOL_CALLS] #}`;
const LLAMA = `${EACH}{# <|python_tag|> #}`;
const NAMED = '{"name":"w","arguments":{"a":1}}';
const TOOLS: OfferedTools = { definitions: [{ name: 'w' }, { name: 'v' }], isParallel: true };
const DIGIT = { properties: { a: { type: 'integer', minimum: 0, maximum: 9 } }, required: ['a'] };
const FORCED: OfferedTools = { definitions: [{ name: 'w', parameters: DIGIT }, { name: 'v' }], isParallel: false, forced: ['w'] };

describe('a local model that is offered tools', () => {
  const engine = new EngineUnderTest();

  afterAll(() => engine.close());

  async function ask(
    name: string,
    file: Parameters<typeof engine.write>[1],
    tools: OfferedTools = TOOLS,
    more: Partial<Extract<EngineCall, { type: 'generate' }>> = {},
  ) {
    await engine.load(name, engine.write(`${name}.gguf`, file));
    const running = engine.start({
      type: 'generate',
      model: name,
      messages: [{ role: 'user', content: 'Q' }],
      parameters: { ...engine.exact, max_tokens: 400 },
      tools,
      ...more,
    });
    const end = await running.answer;
    const calls = running.progress.flatMap((said) => (said.type === 'call' ? [{ index: said.index, name: said.name, arguments: said.arguments }] : []));
    return { end, calls, text: running.text() };
  }

  const scripted = (chatTemplate: string, says: readonly string[], areControl = false) =>
    scriptedLlama({ says, extraTokens: says.filter((token) => token.length > 1), areControl, chatTemplate });
  const called = [{ index: 0, name: 'w', arguments: '{"a":1}' }];

  it.each([
    ['hermes', HERMES, ['<tool_call>', NAMED, '</tool_call>'], called, ''],
    ['hermes, with text', HERMES, ['y', '<tool_call>', NAMED, '</tool_call>'], called, 'y'],
    ['mistral, as text', MISTRAL, ['[TOOL_CALLS]', `[${NAMED}]`], called, ''],
    ['llama', LLAMA, ['{"name":"w","parameters":{"a":1}}'], called, ''],
    ['no call', HERMES, ['y', 'e', 's'], [], 'yes'],
  ])('is told from its text what it calls: %s', async (name, template, says, calls, text) => {
    const answer = await ask(name.replaceAll(/\W/g, '-'), scripted(template, says));
    expect(answer).toMatchObject({ calls, text, end: { type: 'end', finishReason: calls.length > 0 ? 'tool_calls' : 'stop' } });
  });

  it('ends after one call where it may make one', async () => {
    const says = ['<tool_call>', NAMED, '</tool_call>', 'x', 'y'];
    expect(await ask('single', scripted(HERMES, says), { ...TOOLS, isParallel: false })).toMatchObject({ calls: called, text: '' });
    expect(await ask('several', scripted(HERMES, says))).toMatchObject({ calls: called, text: 'xy' });
  });

  it.each([
    ['forced-hermes', HERMES],
    ['forced-mistral', MISTRAL],
    ['forced-llama', LLAMA],
  ])('calls one where it must, in the form of its template: %s', async (name, template) => {
    const { calls, text, end } = await ask(name, randomLlama([['tokenizer.chat_template', STRING, template]]), FORCED);
    expect({ text, end }).toMatchObject({ text: '', end: { type: 'end', finishReason: 'tool_calls' } });
    expect(calls).toEqual([{ index: 0, name: 'w', arguments: expect.stringMatching(/^\{\s*"a"\s*:\s*[0-9]\s*\}$/) as string }]);
  });

  it.each([
    ['no-place', "{% for message in messages %}{{ message['content'] }}|{% endfor %}", /no place for tools/],
    ['other-form', `${EACH}{# <function= <tool_call></tool_call> #}`, /a form that is not known/],
  ])('is refused by name where its template has %s', async (name, template, why) => {
    const { end } = await ask(name, scripted(template, ['y']));
    expect(end).toMatchObject({ type: 'fault', fault: { code: 'invalid_request', message: expect.stringMatching(why) as string } });
    const path = engine.write(`${name}.gguf`, scripted(template, ['y']));
    const measured = await engine.call({ type: 'measure', model: 'other', paths: [path], messages: [{ role: 'user', content: 'Q' }], tools: TOOLS });
    expect(measured).toMatchObject({ type: 'fault', fault: { code: 'invalid_request', param: 'tools' } });
  });
});
