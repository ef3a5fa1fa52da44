import { parseDocument, parseEntries, parseJson } from './parse-document';

function setup(text: string) {
  const unknown: string[] = [];
  return { unknown, parse: () => parseDocument('config.json', text, (field) => unknown.push(field)) };
}

const one = (entry: object) => JSON.stringify({ baseline_models: [{ name: 'A', endpoint: 'a.example:8000', ...entry }] });

describe('parseDocument', () => {
  it('reads the lists it is given and leaves out the others', () => {
    expect(setup(one({})).parse()).toEqual({ baseline_models: [{ name: 'A', endpoint: 'a.example:8000' }] });
  });

  it('keeps every field of a full entry', () => {
    const entry = {
      id: 'a', title: 'T', description: 'D', provider: 'P', type: 'SFT', context_length: 4096, baseline_id: 'b',
      price: { input: 1, output: 2, currency: 'EUR', unit: '1M tokens' }, protocol: 'openai-chat', model: 'm', path: '/v1/x',
      health_path: '/up', api_key_env: 'KEY_A', max_concurrency: 8, max_waiting: 0,
      deadlines: { connect_ms: 500, headers_ms: 9_000, silence_ms: 1, total_ms: 60_000 }, adapter: { file: 'd.gguf', scale: 0.5 }, parameters: { temperature: 0.2, stop: ['x'] },
    };
    expect(setup(one(entry)).parse().baseline_models?.[0]).toEqual({ name: 'A', endpoint: 'a.example:8000', ...entry });
  });

  it('accepts a byte order mark', () => {
    expect(setup(`\uFEFF${one({})}`).parse().baseline_models).toHaveLength(1);
  });

  it('leaves text for people as it is', () => {
    expect(setup(one({ description: 'Costs ${x}', parameters: { stop: ['${'] } })).parse().baseline_models).toHaveLength(1);
  });

  it('tells nothing of a document that it refuses', () => {
    const texts = ['{"baseline_models":[{"name":"A","endpoint":"a.example","api_key":"sk-canary" oops}]}', one({ endpoint: 'http://a.example/v1?key=sk-canary' }), one({ endpoint: 'http://sk-canary@a.example' }), '"sk-canary', 'sk-canary'];
    for (const text of texts) expect(() => setup(text).parse()).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
  });

  it('ignores an unknown field, but says so', () => {
    const { parse, unknown } = setup(JSON.stringify({ baseline_models: [{ name: 'A', endpoint: 'a.example', colour: 'red' }], version: 2 }));
    expect(parse().baseline_models).toEqual([{ name: 'A', endpoint: 'a.example' }]);
    expect(unknown).toEqual(['version', 'baseline_models[0].colour']);
  });

  it.each([
    ['{"baseline_models":[', /^config\.json: is not valid JSON: .*line 1 column 21/],
    ['{\n  "baseline_models": [],\n}', /line 3 column 1/],
    ['', /^config\.json: is empty/],
    ['[]', /must be an object .* but is a list/],
    ['null', /but is null/],
    ['{"baseline_models":{}}', /^config\.json: baseline_models must be a list .* but is an object/],
    ['{"twodelta_models":["x"]}', /twodelta_models\[0\] must be an object .* but is a string/],
    ['{"baseline_models":[{"endpoint":"a.example"}]}', /baseline_models\[0\]\.name is required/],
    [one({ endpoint: 'ftp://a.example' }), /baseline_models\[0\]\.endpoint .*/],
    [one({ endpoint: 'http://169.254.169.254/' }), /baseline_models\[0\]\.endpoint .*/],
    [one({ endpoint: 'local:../../etc/passwd' }), /baseline_models\[0\]\.endpoint must name a checkpoint inside/],
    [one({ context_length: '4096' }), /context_length must be a whole number of tokens/],
    [one({ max_concurrency: 0 }), /max_concurrency must be a whole number from 1 to 100000/],
    [one({ max_waiting: 1.5 }), /max_waiting must be a whole number from 0 to 100000/],
    [one({ deadlines: { silence_ms: '9' } }), /deadlines\.silence_ms must be a whole number from 1 to 3600000/],
    [one({ deadlines: { total_ms: 0 } }), /deadlines\.total_ms must be a whole number from 1 to 86400000/],
    [one({ deadlines: 5 }), /deadlines must be an object such as/],
    [one({ protocol: 'telnet' }), /protocol must be one of auto, openai-chat/],
    [one({ price: { input: -1, output: 2 } }), /price\.input must not be negative/],
    [one({ parameters: { temperature: 3 } }), /parameters\.temperature must be a number from 0 to 2/],
    [one({ endpoint: 'http://${HOST}:8000' }), /baseline_models\[0\]\.endpoint holds a placeholder/],
    [one({ model: '${MODEL}' }), /model holds a placeholder/],
    [one({ adapter: { file: '${DELTA}.gguf' } }), /adapter\.file holds a placeholder/],
    [one({ endpoint: 'javascript:alert(1)' }), /endpoint .*/],
    [one({ endpoint: 'http://user:pass@a.example' }), /endpoint .* user name or password/],
    [one({ endpoint: 'http://a.example/#x' }), /endpoint .* fragment/],
    [one({ endpoint: 'a.example:0' }), /endpoint .* port 0/],
    [one({ endpoint: 'http://a.example.' }), /endpoint .* ends with a dot/],
    [one({ endpoint: 'http://аpple.example' }), /endpoint .* outside ASCII/],
    [one({ endpoint: '[::ffff:a9fe:a9fe]:80' }), /endpoint .* no model server can be/],
  ])('refuses %s with the place and the reason', (text, message) => {
    expect(() => setup(text).parse()).toThrow(message);
  });
});

describe('parseEntries', () => {
  it("names a variable's own place", () => {
    expect(() => parseEntries('BASELINE_MODELS', '', parseJson('BASELINE_MODELS', '[{"name":"A"}]'), () => undefined)).toThrow(
      /^BASELINE_MODELS: \[0\]\.endpoint must be text/,
    );
  });
});
