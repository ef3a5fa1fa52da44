import { parseEnvironment } from './environment';

describe('parseEnvironment', () => {
  it('has a default for everything', () => {
    expect(parseEnvironment({})).toMatchObject({ port: 8080, host: '0.0.0.0', configFile: 'config.json', checkpointsDir: 'checkpoints' });
  });

  it.each([
    ['', []],
    ['0', 0],
    ['2', 2],
    ['loopback, 10.0.0.0/8,2001:db8::1', ['loopback', '10.0.0.0/8', '2001:db8::1']],
  ])('trusts the proxies "%s"', (TRUSTED_PROXIES, trustedProxies) => {
    expect(parseEnvironment({ TRUSTED_PROXIES })).toMatchObject({ trustedProxies });
  });

  it.each([
    ['/', ''],
    ['/tools/tandem/', '/tools/tandem'],
    ['/apis', '/apis'],
  ])('takes the base path %s', (TANDEM_BASE_PATH, basePath) => {
    expect(parseEnvironment({ TANDEM_BASE_PATH })).toMatchObject({ basePath });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(parseEnvironment({ PORT: '', API_KEY: ' ' })).toMatchObject({ port: 8080, apiKey: undefined });
  });

  it.each([
    ['PORT', 'http', 'PORT: must be an integer from 0 to 65535, but is "http".'],
    ['PORT', '70000', 'PORT: must be an integer from 0 to 65535, but is "70000".'],
    ['INFERENCE_THREADS', '0', 'INFERENCE_THREADS: must be an integer from 1 to 1024, but is "0".'],
    ['INFERENCE_MEMORY_MB', '0', 'INFERENCE_MEMORY_MB: must be an integer from 1 to 100000000, but is "0".'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, but is "loud".'],
    ['CORS_ORIGINS', 'https://a.example, b.example', 'CORS_ORIGINS: must be origins such as https://app.example.com, separated by commas; number 2, "b.example", is not.'],
    ['ACCESS_TOKENS', 'long-enough,secret', 'ACCESS_TOKENS: must be tokens of 8 to 1024 visible ASCII characters, separated by commas; number 2 is not.'],
    ['RATE_LIMIT_PER_MINUTE', '-1', 'RATE_LIMIT_PER_MINUTE: must be an integer from 0 to 1000000, but is "-1".'],
    ['UPSTREAM_MAX_CONCURRENCY', '0', 'UPSTREAM_MAX_CONCURRENCY: must be an integer from 1 to 100000, but is "0".'],
    ['UPSTREAM_SILENCE_SECONDS', '0', 'UPSTREAM_SILENCE_SECONDS: must be an integer from 1 to 3600, but is "0".'],
    ['UPSTREAM_TOTAL_SECONDS', '1h', 'UPSTREAM_TOTAL_SECONDS: must be an integer from 0 to 86400, but is "1h".'],
    ['KEEP_ALIVE_SECONDS', '0', 'KEEP_ALIVE_SECONDS: must be an integer from 1 to 3600, but is "0".'],
    ['SHUTDOWN_GRACE_SECONDS', '-1', 'SHUTDOWN_GRACE_SECONDS: must be an integer from 0 to 86400, but is "-1".'],
    ['TRUSTED_PROXIES', 'true', 'TRUSTED_PROXIES: must be how many proxies stand in front (0 to 32), or their addresses and networks with commas between them, such as 10.0.0.0/8, but holds "true".'],
    ['TRUSTED_PROXIES', '99', 'but holds "99".'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, 10.0.0.0/99', 'but holds "10.0.0.0/99".'],
    ['TANDEM_BASE_PATH', 'tools', 'TANDEM_BASE_PATH: must be a path such as /tools/tandem, of letters, digits and . _ ~ -, but is "tools".'],
    ['TANDEM_BASE_PATH', '/a/../b', 'but is "/a/../b".'],
    ['TANDEM_BASE_PATH', '/a"><script>', 'but is "/a"><script>".'],
    ['TANDEM_BASE_PATH', '/api/x', 'TANDEM_BASE_PATH: must not begin with /api, /stream, /v1 or /chat'],
    ['LOG_FORMAT', 'xml', 'LOG_FORMAT: must be one of pretty, json, but is "xml".'],
  ])('refuses %s=%s in one line that names the variable', (name, value, message) => {
    expect(() => parseEnvironment({ [name]: value })).toThrow(message);
  });
});
