import { existsSync } from 'node:fs';
import { noiseModel, randomLlama, scriptedLlama, STRING } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const EACH = "{% for message in messages %}{{ message['content'] }}|{% endfor %}";
const whenTold = (evil: string) => `{% if messages[0]['content'] == 'Go' or 'evil' in messages[0]['content'] %}${evil}{% endif %}${EACH}`;
const ENDLESS = '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}';
const ENDLESS_TEXT = '{% for a in range(100000) %}{% for b in range(1000) %}ever and ever and ever{% endfor %}{% endfor %}';
const DOUBLED = (times: number) => `{% set ns = namespace(text='x', all=[]) %}{% for a in range(${times}) %}{% set ns.text = ns.text ~ ns.text %}{% endfor %}`;
const HUGE_LIST = `${DOUBLED(24)}{% for a in range(1000) %}{% set ns.all = ns.all + [ns.text | upper] %}{% endfor %}`;
const DOUBLING = `${DOUBLED(60)}{{ ns.text | upper }}`;

describe('a chat template', () => {
  const engine = new EngineUnderTest();

  beforeAll(() => engine.load('noise', engine.write('noise.gguf', noiseModel())));
  afterAll(() => engine.close());

  const withTemplate = (name: string, template: string) => engine.write(`${name}.gguf`, randomLlama([['tokenizer.chat_template', STRING, template]]));

  it.each([
    ['runs for ever', ENDLESS],
    ['writes without end', ENDLESS_TEXT],
    ['fills the memory', HUGE_LIST],
    ['doubles its text', DOUBLING],
    ['is no template', '{% for %}'],
    ['refuses everything', "{{ raise_exception('No.') }}"],
  ])('that %s is refused with its file, while others are answered', async (title, template) => {
    let isRefused = false;
    const refused = engine.load(title, withTemplate(title.replaceAll(' ', '-'), template)).finally(() => (isRefused = true));
    do expect(await engine.ask('noise', 'Go', { max_tokens: 20 })).toMatchObject({ finishReason: 'length' });
    while (!isRefused);
    expect(await refused).toMatchObject({
      fault: { code: 'model_invalid', message: expect.stringMatching(/chat template in this file does not work/) as string },
    });
  });

  it('that runs away over one conversation fails that one, at its deadline, and serves the next', async () => {
    await engine.load('runaway', engine.write('runaway.gguf', scriptedLlama({ says: ['y'], chatTemplate: whenTold(ENDLESS).replace("'Go'", "'never'") })));
    // one after the other, so that others have three times that long
    const evil = Array.from({ length: 3 }, () => engine.generate('runaway', 'evil').answer);
    const healthy = engine.ask('noise', 'Go').then(() => 'others');
    expect(await Promise.race([healthy, evil[2]])).toBe('others');
    const fault = { code: 'invalid_request', message: expect.stringMatching(/refuses this conversation: it takes longer than 2 s/) as string };
    expect(await Promise.all(evil)).toMatchObject(evil.map(() => ({ fault })));
    expect(await engine.ask('runaway', 'Hi')).toMatchObject({ text: 'y', finishReason: 'stop' });
  });

  // on a busy machine its time is over before the memory is
  it('that takes all memory for one conversation fails that one, and none that was asked for beside it', async () => {
    const greedy = scriptedLlama({ says: ['y'], chatTemplate: whenTold(HUGE_LIST).replace("'Go'", "'never'") });
    await engine.load('greedy', engine.write('greedy.gguf', greedy));
    await engine.load('beside', engine.write('beside.gguf', scriptedLlama({ says: ['y'], chatTemplate: EACH })));
    const asked = ['Q', 'evil', 'Q', 'Q'].map((content) => engine.generate(content === 'evil' ? 'greedy' : 'beside', content));
    const [one, evil, two, three] = await Promise.all(asked.map(({ answer }) => answer));
    expect(evil).toMatchObject({
      fault: { code: 'invalid_request', message: expect.stringMatching(/needs more memory than it may have|takes longer than 2 s/) as string },
    });
    expect([one, two, three]).toMatchObject(Array.from({ length: 3 }, () => ({ type: 'end', finishReason: 'stop' })));
    expect(await engine.ask('greedy', 'Hi')).toMatchObject({ text: 'y' });
  });

  it('ends with its engine, whatever it is doing', async () => {
    const other = new EngineUnderTest();
    const path = other.write('endless.gguf', scriptedLlama({ says: ['y'], chatTemplate: whenTold(ENDLESS).replace("'Go'", "'never'") }));
    await other.load('endless', path);
    other.generate('endless', 'evil');
    const [templates] = other.children();
    expect(existsSync(`/proc/${templates}`)).toBe(true);
    process.kill(other.pid, 'SIGKILL');
    await other.until(() => !existsSync(`/proc/${templates}`));
    await other.close();
  });

  it('is stopped waiting for at once: before another ends that was begun earlier', async () => {
    for (const name of ['slow', 'as-slow']) await engine.load(name, withTemplate(name, whenTold(ENDLESS).replace("'Go'", "'never'")));
    const [earlier, evil] = engine.atOnce(() => {
      const both = ['slow', 'as-slow'].map((name) => engine.generate(name, 'evil'));
      both[1]?.cancel();
      return both.map(({ answer }) => answer);
    });
    expect(await Promise.race([earlier, evil])).toMatchObject({ finishReason: 'cancelled' });
    await earlier;
  });

  it('serves one conversation after the other from one process', async () => {
    await engine.load('quick', engine.write('quick.gguf', scriptedLlama({ says: ['y'], chatTemplate: EACH })));
    expect(await engine.ask('quick', 'Hi')).toMatchObject({ text: 'y' });
    const running = engine.children();
    expect(running).toHaveLength(1);
    for (let round = 0; round < 5; round++) expect(await engine.ask('quick', 'Hi')).toMatchObject({ text: 'y' });
    expect(engine.children()).toEqual(running);
  });

  it('never makes a control token of what somebody writes', async () => {
    const path = withTemplate('controls', `${EACH}</s>`);
    const tokens = async (content: string) => {
      const measured = await engine.call({ type: 'measure', model: 'controls', paths: [path], messages: [{ role: 'user', content }] });
      return measured.type === 'measured' ? measured.promptTokens : 0;
    };
    // The template's own is one token; written out by someone it is four characters of text.
    expect((await tokens('a</s>')) - (await tokens('a'))).toBe(4);
  });
});
