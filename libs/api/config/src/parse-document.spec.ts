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
      id: 'a',
      title: 'T',
      description: 'D',
      provider: 'P',
      type: 'SFT',
      context_length: 4096,
      baseline_id: 'b',
      price: { input: 1, output: 2, currency: 'EUR', unit: '1M tokens' },
      protocol: 'openai-chat',
      model: 'm',
      path: '/v1/x',
      health_path: '/up',
      api_key_env: 'ONE_API_KEY',
      max_concurrency: 8,
      max_waiting: 0,
      deadlines: { connect_ms: 500, headers_ms: 9_000, silence_ms: 1, total_ms: 60_000 },
      adapter: { file: 'd.gguf', scale: 0.5 },
      parameters: { temperature: 0.2, stop: ['x'] },
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
    const texts = [
      '{"baseline_models":[{"name":"A","endpoint":"a.example","api_key":"sk-canary" oops}]}',
      one({ endpoint: 'http://a.example/v1?key=sk-canary' }),
      one({ endpoint: 'http://sk-canary@a.example' }),
      '"sk-canary',
      'sk-canary',
    ];
    for (const text of texts) expect(() => setup(text).parse()).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
  });

  it('ignores an unknown field, but says so', () => {
    const { parse, unknown } = setup(JSON.stringify({ baseline_models: [{ name: 'A', endpoint: 'a.example', colour: 'red' }], version: 2 }));
    expect(parse().baseline_models).toEqual([{ name: 'A', endpoint: 'a.example' }]);
    expect(unknown).toEqual(['version', 'baseline_models[0].colour']);
  });

  it.each(['API_KEY', 'OPENAI_API_KEY', 'REPLICATE_API_TOKEN', 'HF_TOKEN', ' TUNED_API_KEY '])('lets api_key_env name %p', (api_key_env) => {
    expect(setup(one({ api_key_env })).parse().baseline_models?.[0]?.api_key_env).toBe(api_key_env.trim());
  });

  it.each([
    'DATABASE_URL',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_BEDROCK_API_KEY',
    'aws_x_api_token',
    'ADMIN_TOKEN',
    'ACCESS_TOKENS',
    'GITHUB_TOKEN',
    'PATH',
    'API_KEY_VARIABLES',
    'MY_API_KEYS',
    'XAPI_KEY',
    'my_api_key',
    'HF_TOKEN2',
    '',
    'A B_API_KEY',
    '__proto__',
    'sk-canary_API_KEY',
  ])('does not let api_key_env name %p, nor repeats it', (api_key_env) => {
    const message =
      'config.json: baseline_models[0].api_key_env must name a variable that ends in _API_KEY or _API_TOKEN, HF_TOKEN, or one that API_KEY_VARIABLES lists (which lists none), and none of AWS.';
    expect(() => setup(one({ api_key_env })).parse()).toThrow(message);
  });

  it('lets api_key_env name what the operator lists, and nothing else', () => {
    const parse = (api_key_env: string) => parseDocument('config.json', one({ api_key_env }), () => undefined, ['MODEL_SECRET', 'TUNED']);
    expect(parse('TUNED').baseline_models?.[0]?.api_key_env).toBe('TUNED');
    expect(() => parse('DATABASE_URL')).toThrow('API_KEY_VARIABLES lists (which lists MODEL_SECRET, TUNED)');
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
    [one({ api_key_env: 7 }), /api_key_env must be text/],
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
