import { closeAfterEach, PATIENCE_MS, startForwardProxy, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { parseEnvironment } from './environment';
import { S3Object } from './s3-object';

const closing = closeAfterEach();
let environment: NodeJS.ProcessEnv;

beforeEach(() => {
  environment = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'secret', AWS_EC2_METADATA_DISABLED: 'true' });
});
afterEach(() => void (process.env = environment));

async function setup(host: string, except: string) {
  const server = await startMisbehavingServer((connection) => connection.write(wholeResponse(200, 'application/json', '{}', { Connection: 'close' })));
  closing(() => server.close());
  const proxy = await startForwardProxy();
  closing(() => proxy.close());
  const { outwardProxies: proxies } = parseEnvironment({ HTTP_PROXY: proxy.url.href, HTTPS_PROXY: proxy.url.host, NO_PROXY: except });
  const read = (endpoint: string) => {
    const object = new S3Object(
      { bucket: 'tandem', key: 'config.json', region: 'us-east-1', endpoint },
      { headersMs: PATIENCE_MS, bodyMs: PATIENCE_MS, proxies },
    );
    closing(() => object.close());
    return object.read(undefined);
  };
  return { proxy, server, read, endpoint: `http://${host}:${server.port}` };
}

describe('S3 behind a proxy', () => {
  it('is asked through it, by a name that only the proxy knows', async () => {
    const { proxy, server, read, endpoint } = await setup('s3.invalid', '');
    await expect(read(endpoint)).resolves.toMatchObject({ text: '{}' });
    expect(proxy.asked).toEqual([expect.stringContaining(`http://s3.invalid:${server.port}/tandem/config.json`)]);
  });

  it('is reached through a tunnel where it speaks TLS', async () => {
    const { proxy, read } = await setup('s3.invalid', '');
    await expect(read('https://s3.invalid:1')).rejects.toMatchObject({ code: 's3_unreachable' });
    expect(proxy.asked).toEqual(['CONNECT s3.invalid:1']);
  });

  it('is asked without it where its name is excepted', async () => {
    const { proxy, read, endpoint } = await setup('127.0.0.1', '127.0.0.1,example.com');
    await expect(read(endpoint)).resolves.toMatchObject({ text: '{}' });
    expect(proxy.asked).toEqual([]);
  });

  it.each(['http://169.254.169.254', 'https://169.254.169.254'])('is never %s, whatever the proxy would do', async (endpoint) => {
    const { proxy, read } = await setup('s3.invalid', '');
    await expect(read(endpoint)).rejects.toMatchObject({ code: 's3_unreachable', message: expect.stringContaining('metadata') });
    expect(proxy.asked).toEqual([]);
  });
});

describe('A proxy in the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128/'],
    [{ https_proxy: 'p:3128', HTTPS_PROXY: 'http://other' }, 'http://p:3128/'],
    [{ HTTPS_PROXY: ' ' }, undefined],
  ])('is read from %j', (variables, expected) => expect(parseEnvironment(variables).outwardProxies.https?.href).toBe(expected));

  it.each(['socks5://p:1080', 'http://', 'http://me:hunter2@[p'])('that is none stops the start without being repeated: %s', (HTTPS_PROXY) => {
    expect(() => parseEnvironment({ HTTPS_PROXY })).toThrow(/^HTTPS_PROXY: must be the address of an HTTP proxy, such as http:\/\/proxy\.example\.com:3128\.$/);
  });
});
