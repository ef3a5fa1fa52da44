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
    ['', []],
    ['tandem.example.com', ['tandem.example.com']],
    [' Tandem.Example.COM., *.example.com:8443,10.0.0.5:8080 ', ['tandem.example.com', '*.example.com:8443', '10.0.0.5:8080']],
    ['[FD12:0::1]:80,my_app,localhost:80', ['[fd12::1]:80', 'my_app', 'localhost:80']],
    ['münchen.example', ['xn--mnchen-3ya.example']],
  ])('answers to the hosts "%s"', (ALLOWED_HOSTS, allowedHosts) => {
    expect(parseEnvironment({ ALLOWED_HOSTS })).toMatchObject({ allowedHosts });
  });

  it.each([
    ['', []],
    ['MODEL_SECRET', ['MODEL_SECRET']],
    [' ONE_KEY, two  THREE_TOKEN,', ['ONE_KEY', 'two', 'THREE_TOKEN']],
  ])('lets a document name the variables "%s"', (API_KEY_VARIABLES, apiKeyVariables) => {
    expect(parseEnvironment({ API_KEY_VARIABLES })).toMatchObject({ apiKeyVariables });
  });

  it.each([
    ['http://localhost:9000', 'http://localhost:9000'],
    ['https://s3.eu-central-1.amazonaws.com/', 'https://s3.eu-central-1.amazonaws.com'],
    [' HTTP://10.0.0.5:8333 ', 'http://10.0.0.5:8333'],
  ])('asks the S3-compatible server %s', (S3_ENDPOINT, s3Endpoint) => {
    expect(parseEnvironment({ S3_ENDPOINT })).toMatchObject({ s3Endpoint });
  });

  it('repeats no key that stands in an address', () => {
    expect(() => parseEnvironment({ S3_ENDPOINT: 'http://me:hunter2@s3.example' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
    expect(() => parseEnvironment({ S3_ENDPOINT: 'http://s3.example/?key=hunter2' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it.each([
    ['PORT', 'http', 'PORT: must be an integer from 0 to 65535, but is "http".'],
    ['PORT', '70000', 'PORT: must be an integer from 0 to 65535, but is "70000".'],
    ['INFERENCE_THREADS', '0', 'INFERENCE_THREADS: must be an integer from 1 to 1024, but is "0".'],
    ['INFERENCE_MEMORY_MB', '0', 'INFERENCE_MEMORY_MB: must be an integer from 1 to 100000000, but is "0".'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, but is "loud".'],
    [
      'CORS_ORIGINS',
      'https://a.example, b.example',
      'CORS_ORIGINS: must be origins such as https://app.example.com, separated by commas; number 2, "b.example", is not.',
    ],
    ['ACCESS_TOKENS', 'long-enough,secret', 'ACCESS_TOKENS: must be tokens of 8 to 1024 visible ASCII characters, separated by commas; number 2 is not.'],
    ['RATE_LIMIT_PER_MINUTE', '-1', 'RATE_LIMIT_PER_MINUTE: must be an integer from 0 to 1000000, but is "-1".'],
    ['UPSTREAM_MAX_CONCURRENCY', '0', 'UPSTREAM_MAX_CONCURRENCY: must be an integer from 1 to 100000, but is "0".'],
    ['UPSTREAM_SILENCE_SECONDS', '0', 'UPSTREAM_SILENCE_SECONDS: must be an integer from 1 to 3600, but is "0".'],
    ['UPSTREAM_TOTAL_SECONDS', '1h', 'UPSTREAM_TOTAL_SECONDS: must be an integer from 0 to 86400, but is "1h".'],
    ['KEEP_ALIVE_SECONDS', '0', 'KEEP_ALIVE_SECONDS: must be an integer from 1 to 3600, but is "0".'],
    ['SHUTDOWN_GRACE_SECONDS', '-1', 'SHUTDOWN_GRACE_SECONDS: must be an integer from 0 to 86400, but is "-1".'],
    [
      'TRUSTED_PROXIES',
      'true',
      'TRUSTED_PROXIES: must be how many proxies stand in front (0 to 32), or their addresses and networks with commas between them, such as 10.0.0.0/8, but holds "true".',
    ],
    ['TRUSTED_PROXIES', '99', 'but holds "99".'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, 10.0.0.0/99', 'but holds "10.0.0.0/99".'],
    ['TANDEM_BASE_PATH', 'tools', 'TANDEM_BASE_PATH: must be a path such as /tools/tandem, of letters, digits and . _ ~ -, but is "tools".'],
    ['TANDEM_BASE_PATH', '/a/../b', 'but is "/a/../b".'],
    ['TANDEM_BASE_PATH', '/a"><script>', 'but is "/a"><script>".'],
    ['TANDEM_BASE_PATH', '/api/x', 'TANDEM_BASE_PATH: must not begin with /api, /stream, /v1 or /chat'],
    [
      'ALLOWED_HOSTS',
      '*',
      'ALLOWED_HOSTS: must be host names such as tandem.example.com or *.example.com:8443, separated by commas, without http://; number 1, "*", is not.',
    ],
    ['ALLOWED_HOSTS', 'ok.example, https://a.example', 'number 2, "https://a.example", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, a.example/x', 'number 2, "a.example/x", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, a.*.example', 'number 2, "a.*.example", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, *.10.0.0.5', 'number 2, "*.10.0.0.5", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, a b', 'number 2, "a b", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, a.example:0', 'number 2, "a.example:0", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, a.example:99999', 'number 2, "a.example:99999", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, me@a.example', 'number 2, "me@a.example", is not.'],
    ['ALLOWED_HOSTS', 'ok.example, ::1', 'number 2, "::1", is not.'],
    ['S3_ENDPOINT', 's3.example', 'S3_ENDPOINT: must be an http or https address, such as http://localhost:9000, and is none.'],
    [
      'S3_ENDPOINT',
      'http://169.254.169.254',
      'S3_ENDPOINT: must be an http or https address, such as http://localhost:9000, but leads to 169.254.169.254, a link-local, metadata or unspecified address.',
    ],
    ['S3_ENDPOINT', 'http://[FD00:EC2::23]:80/', 'but leads to [fd00:ec2::23], a link-local'],
    ['S3_ENDPOINT', 'http://2852039166/', 'but leads to 169.254.169.254'],
    ['S3_ENDPOINT', 'http://metadata.google.internal.', 'but leads to metadata.google.internal., a link-local'],
    ['S3_ENDPOINT', 'http://me:secret@s3.example', 'without a user name and password: keys go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'],
    ['S3_ENDPOINT', 'http://s3.example/#x', 'fragment'],
    [
      'API_KEY_VARIABLES',
      'ONE, TWO-KEY',
      'API_KEY_VARIABLES: must be names of variables, separated by commas, none of them ADMIN_TOKEN, ACCESS_TOKENS, DATABASE_URL or one of AWS; number 2 is not.',
    ],
    ['API_KEY_VARIABLES', 'ADMIN_TOKEN', 'number 1 is not.'],
    ['API_KEY_VARIABLES', 'access_tokens', 'number 1 is not.'],
    ['API_KEY_VARIABLES', 'AWS_SECRET_ACCESS_KEY', 'number 1 is not.'],
    ['API_KEY_VARIABLES', 'DATABASE_URL', 'number 1 is not.'],
    ['API_KEY_VARIABLES', '1KEY', 'number 1 is not.'],
    ['DATABASE_URL', 'mysql://db.example.com/tandem', 'DATABASE_URL: must be the address of a PostgreSQL database, such as'],
    ['DATABASE_URL', 'postgresql://db.example.com', 'DATABASE_URL: must be the address of a PostgreSQL database, such as'],
    ['DATABASE_URL', 'tandem', 'DATABASE_URL: must be the address of a PostgreSQL database, such as'],
    ['RETENTION_DAYS', '-1', 'RETENTION_DAYS: must be an integer from 0 to 36500, but is "-1".'],
    ['LOG_FORMAT', 'xml', 'LOG_FORMAT: must be one of pretty, json, but is "xml".'],
  ])('refuses %s=%s in one line that names the variable', (name, value, message) => {
    expect(() => parseEnvironment({ [name]: value })).toThrow(message);
  });

  it('keeps in .tandem, until somebody deletes it, unless it is told otherwise', () => {
    expect(parseEnvironment({})).toMatchObject({ dataDir: '.tandem', databaseUrl: undefined, retentionDays: 0 });
    const url = 'postgresql://me:secret@db.example.com:5432/tandem?sslmode=require';
    expect(parseEnvironment({ DATA_DIR: '/var/lib/tandem', DATABASE_URL: url, RETENTION_DAYS: '30' })).toMatchObject({
      dataDir: '/var/lib/tandem',
      databaseUrl: url,
      retentionDays: 30,
    });
  });

  it('says what is wrong with the address of a database without its password', () => {
    expect(() => parseEnvironment({ DATABASE_URL: 'mysql://me:open-sesame@db.example.com/x' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('sesame') }),
    );
  });
});
