import { isForbiddenHost } from './address';
import { parseEndpoint } from './endpoint';

describe('parseEndpoint', () => {
  it.each([
    ['localhost', 'http://localhost/'],
    ['models.localhost', 'http://models.localhost/'],
    ['localhost:8000', 'http://localhost:8000/'],
    ['127.0.0.1', 'http://127.0.0.1/'],
    ['10.1.2.3/llm', 'http://10.1.2.3/llm'],
    ['192.168.0.9:443', 'https://192.168.0.9/'],
    ['[::1]', 'http://[::1]/'],
    ['[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['[fd12::1]', 'http://[fd12::1]/'],
    ['models.example.com', 'https://models.example.com/'],
    ['models.example.com/v1/', 'https://models.example.com/v1'],
    ['models.example.com:443', 'https://models.example.com/'],
    ['models.example.com:80', 'http://models.example.com/'],
    ['models.example.com:8000', 'http://models.example.com:8000/'],
    ['8.8.8.8', 'https://8.8.8.8/'],
    ['xn--mnchen-3ya.example:8000', 'http://xn--mnchen-3ya.example:8000/'],
    ['xn--80aswg.xn--p1ai', 'https://xn--80aswg.xn--p1ai/'],
    ['xn--eckwd4c7cu47r2wf.jp', 'https://xn--eckwd4c7cu47r2wf.jp/'],
    ['xn--fiqs8s.example', 'https://xn--fiqs8s.example/'],
    ['xn--nckya0bk5909dcvb2w6i.jp', 'https://xn--nckya0bk5909dcvb2w6i.jp/'],
    ['xn--3e0b707e.kr', 'https://xn--3e0b707e.kr/'],
    ['http://models.example.com', 'http://models.example.com/'],
    ['https://models.example.com:8443/base//', 'https://models.example.com:8443/base'],
    ['HTTPS://Models.Example.com', 'https://models.example.com/'],
    [' localhost:8000 ', 'http://localhost:8000/'],
  ])('reads %s as %s', (endpoint, expected) => {
    expect(parseEndpoint(endpoint).href).toBe(expected);
  });

  it.each([
    ['', /is empty/],
    ['file:///etc/passwd', /only http:\/\/ and https:\/\//],
    ['ftp://host', /only http:\/\/ and https:\/\//],
    ['javascript:alert(1)', /neither/],
    ['file:/etc/passwd', /no port/],
    ['local:demo.gguf', /neither/],
    ['host:', /no port/],
    ['host:0', /port 0/],
    ['http://host:0/', /port 0/],
    ['host:99999', /neither/],
    ['user:secret@host', /password/],
    ['http://user@host', /password/],
    ['http://@host', /password/],
    ['host/#x', /fragment/],
    ['host/?a=b', /query/],
    ['//host', /no host/],
    ['host\\@other', /backslashes/],
    ['ho st', /spaces/],
    ['example.com.', /dot/],
    ['ехample.com', /ASCII/],
    ['::1', /neither|no port/],
    ['xn--pple-43d.com', /label "xn--pple-43d", which spells .* look like others/],
    ['https://api.xn--80ak6aa92e.com/v1', /look like others/],
    ['xn--opeai-fig.com:8000', /look like others/],
    ['models.XN--PPLE-43D.com', /look like others/],
    ['xn--googl-3we.com', /look like others/],
    ['xn--a.example', /neither|look like others/],
  ])('refuses %p', (endpoint, why) => {
    expect(() => parseEndpoint(endpoint)).toThrow(why);
  });

  it.each([
    '169.254.169.254',
    'http://169.254.169.254/latest',
    'http://2852039166',
    'http://0251.0376.0251.0376',
    'http://0xa9.0xfe.0xa9.0xfe',
    '0xa9fea9fe',
    '169.254.170.2:80',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::1]',
    '[fe80::1]:8000',
    '[fd00:ec2::254]',
    '100.100.100.200',
    'metadata.google.internal',
    '0.0.0.0:8000',
    '[::]:8000',
    '224.0.0.1',
  ])('refuses %s, where no model server can be', (endpoint) => {
    expect(() => parseEndpoint(endpoint)).toThrow(/where no model server can be/);
  });

  it('does not repeat a password in its sentence', () => {
    expect(() => parseEndpoint('http://user:hunter2@host')).toThrow(/^The endpoint "http:\/\/\*\*\*@host"/);
    expect(() => parseEndpoint('user:hunter2@host')).toThrow(/^The endpoint "\*\*\*@host"/);
    expect(() => parseEndpoint('host/v1?key=hunter2')).toThrow(/^The endpoint "host\/v1\?\*\*\*" holds a query/);
  });
});

describe('isForbiddenHost', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fe80::1%eth0',
    '64:ff9b::a9fe:a9fe',
    '::',
  ])('knows %s as the resolver writes it', (address) => expect(isForbiddenHost(address)).toBe(true));

  it.each(['127.0.0.1', '10.0.0.1', '::1', '8.8.8.8', '64:ff9b::808:808', 'example.com'])('lets %s pass', (address) =>
    expect(isForbiddenHost(address)).toBe(false),
  );
});
