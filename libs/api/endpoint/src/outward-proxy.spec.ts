import { proxyFor } from './outward-proxy';

const [http, https] = [new URL('http://p1:3128'), new URL('http://p2:3128')];

describe('proxyFor', () => {
  it('goes by the scheme of the address', () => {
    expect(proxyFor(new URL('http://h:8000/x'), { http, https, except: [] })).toBe(http);
    expect(proxyFor(new URL('https://h/x'), { http, https, except: [] })).toBe(https);
    expect(proxyFor(new URL('https://h/x'), { http, https: undefined, except: [] })).toBeUndefined();
  });

  it.each([
    ['http://localhost:8000', 'localhost', true],
    ['http://a.example.com', 'example.com', true],
    ['http://example.com.', '.example.com', true],
    ['http://example.com', '*.example.com', false],
    ['http://a.example.com', '*.example.com', true],
    ['http://badexample.com', 'example.com', false],
    ['http://EXAMPLE.com', 'Example.COM', true],
    ['http://h:8000', 'h:8000', true],
    ['http://h:8001', 'h:8000', false],
    ['https://h', 'h:443', true],
    ['http://10.1.2.3', '10.0.0.0/8', true],
    ['http://11.1.2.3', '10.0.0.0/8', false],
    ['http://[::1]:80', '::1', true],
    ['http://[::1]:80', '[::1]:80', true],
    ['http://[fd00::1]', 'fd00::/8', true],
    ['http://anything', '*', true],
    ['http://anything', '', false],
    ['http://anything', '10.0.0.0/99', false],
  ])('reaches %s without one where %j is excepted: %p', (address, entry, isDirect) => {
    expect(proxyFor(new URL(address), { http, https, except: [entry] }) === undefined).toBe(isDirect);
  });
});
