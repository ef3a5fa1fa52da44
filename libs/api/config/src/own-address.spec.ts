import { networkInterfaces } from 'node:os';
import { loopProblem } from './own-address';

const at = (endpoint: string) => ({ baseline_models: [{ name: 'A', endpoint: 'models.example.com' }], twodelta_models: [{ name: 'B', endpoint }] });

describe('loopProblem', () => {
  const own = { host: '0.0.0.0', port: 8080 };

  it.each(['localhost:8080', '127.0.0.1:8080', '127.9.9.9:8080', '[::1]:8080', 'http://LOCALHOST:8080/v1', 'x.localhost:8080', '[::ffff:127.0.0.1]:8080'])(
    'sees that %s is Tandem itself',
    (endpoint) => {
      expect(loopProblem(at(endpoint), own)?.text).toBe('twodelta_models[0].endpoint leads to Tandem itself, which listens on port 8080.');
    },
  );

  it("knows this machine's other addresses", () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, scopeid }) => family === 'IPv4' && !scopeid);
    expect(addresses.length).toBeGreaterThan(0);
    for (const { address } of addresses) expect(loopProblem(at(`${address}:8080`), own)).toBeDefined();
  });

  it.each(['localhost:8081', 'localhost', 'models.example.com:8080', '8.8.8.8:8080', 'local:sft/model.gguf'])('lets %s pass', (endpoint) => {
    expect(loopProblem(at(endpoint), own)).toBeUndefined();
  });

  it('goes by the address that Tandem listens on', () => {
    expect(loopProblem(at('localhost:8080'), { host: '127.0.0.1', port: 8080 })).toBeDefined();
    expect(loopProblem(at('10.0.0.9:8080'), { host: '127.0.0.1', port: 8080 })).toBeUndefined();
    expect(loopProblem(at('localhost:8080'), { host: '10.0.0.9', port: 8080 })).toBeUndefined();
    expect(loopProblem(at('10.0.0.9:8080'), { host: '10.0.0.9', port: 8080 })).toBeDefined();
  });
});
