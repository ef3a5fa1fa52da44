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
    '[fd00:ec2::23]:8000',
    'http://[FD20:00CE::0254]/',
    '[fd00:42::42]',
    '[64:ff9b:1::a9fe:a9fe]',
    '100.100.100.200',
    'http://1684301000',
    'metadata.tencentyun.com',
    'HTTP://Metadata.Google.Internal:80',
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
  it.each(['169.254.169.254', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', 'fe80::1%eth0', '64:ff9b::a9fe:a9fe', '::'])(
    'knows %s as the resolver writes it',
    (address) => expect(isForbiddenHost(address)).toBe(true),
  );

  it.each([
    [
      'AWS',
      [
        '169.254.169.254',
        '169.254.170.2',
        '169.254.170.23',
        'fd00:ec2::254',
        'fd00:ec2::23',
        'fd00:ec2::253',
        'FD00:0EC2:0:0:0:0:0:17',
        'instance-data',
        'instance-data.ec2.internal',
        'instance-data.eu-west-1.compute.internal',
      ],
    ],
    ['Google Cloud', ['fd20:ce::254', 'fd20:00ce:0000::0254', 'metadata', 'metadata.google.internal', 'METADATA.Google.Internal.', 'metadata.goog']],
    ['Azure', ['168.63.129.16', '::ffff:168.63.129.16', 'metadata.azure.internal', 'metadata.azure.com']],
    ['Alibaba Cloud', ['100.100.100.200', '::ffff:100.100.100.200', 'fd00:100::100:200']],
    ['Oracle Cloud', ['192.0.0.192', 'fd00:c1::a9fe:a9fe', 'metadata.oraclecloud.com']],
    ['Scaleway', ['169.254.42.42', 'fd00:42::42']],
    ['Akamai', ['fd00:a9fe:a9fe::1']],
    ['OpenStack, Hetzner and DigitalOcean', ['fe80::a9fe:a9fe', 'fe80::a9fe:a9fe%25eth0', 'metadata.digitalocean.com']],
    ['Tencent Cloud', ['169.254.0.23', 'metadata.tencentyun.com']],
    ['IBM Cloud, Equinix, Exoscale and CloudStack', ['api.metadata.cloud.ibm.com', 'metadata.platformequinix.com', 'metadata.exoscale.com', 'data-server']],
  ])('knows where %s hands out credentials', (_, hosts) => {
    expect(hosts.filter((host) => !isForbiddenHost(host))).toEqual([]);
  });

  it.each([
    ['2852039166', 'one number'],
    ['0xA9FEA9FE', 'one hexadecimal number'],
    ['0251.0376.0251.0376', 'octal numbers'],
    ['0xa9.254.0251.254', 'numbers of three bases'],
    ['169.254.43518', 'three numbers'],
    ['169.16689662', 'two numbers'],
    ['169.254.169.254.', 'a dot at the end'],
    ['１６９．２５４．１６９．２５４', 'wide digits'],
    ['169。254。169。254', 'ideographic dots'],
    ['[::ffff:a9fe:a9fe]', 'brackets'],
    ['::a9fe:a9fe', 'the compatible form'],
    ['::ffff:0:a9fe:a9fe', 'the translated form'],
    ['64:ff9b::169.254.169.254', 'NAT64'],
    ['64:ff9b:1::a9fe:a9fe', "NAT64 with one's own prefix"],
    ['64:ff9b:1:a9fe:a9:fe00::', 'NAT64 with a prefix of 48 bits'],
    ['64:ff9b:1:0:a9:fea9:fe00:0', 'NAT64 with a prefix of 64 bits'],
    ['2002:a9fe:a9fe::', '6to4'],
    ['2001:0:a9fe:a9fe::', 'a Teredo server'],
    ['2001:0:808:808:0:0:5601:5601', 'a Teredo client'],
    ['2001:db8::5efe:a9fe:a9fe', 'ISATAP'],
    ['2001:db8::200:5efe:6464:64c8', 'ISATAP that calls itself global'],
    ['fd00:ec2::254%eth0', 'a zone'],
  ])('knows %s, an address of that kind as %s', (host) => expect(isForbiddenHost(host)).toBe(true));

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '100.100.100.201',
    '192.0.0.193',
    '168.63.129.17',
    '::1',
    '8.8.8.8',
    '64:ff9b::808:808',
    '64:ff9b:1::808:808',
    '::ffff:10.0.0.1',
    '2002:808:808::1',
    'fd00:ec3::254',
    'fd20:ce:1::254',
    'fd00:42::43',
    'fd12::1',
    '2001:db8::1',
    'example.com',
    'metadata.example.com',
    'models.internal',
    'my-metadata',
    'localhost',
    '',
  ])('lets %p pass', (address) => expect(isForbiddenHost(address)).toBe(false));
});
