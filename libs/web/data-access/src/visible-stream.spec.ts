import { VisibleStream } from './visible-stream';

const opened: FakeSource[] = [];

/** What the page knows of an event source: whether it is open, and what it is told. */
class FakeSource {
  static readonly CLOSED = 2;
  isClosed = false;
  readyState = 1;
  onopen = (): void => undefined;
  onmessage = (_: { data: string }): void => undefined;
  onerror = (): void => undefined;

  constructor(readonly path: string) {
    opened.push(this);
  }

  close(): void {
    this.isClosed = true;
  }
}

function show(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

let tests = 0;

function setup() {
  globalThis.EventSource = FakeSource as unknown as typeof EventSource;
  show('visible');
  const path = `api/${++tests}/stream`;
  const heard: string[] = [];
  const stream = new VisibleStream(path, { onOpen: () => heard.push('open'), onMessage: (data) => heard.push(data), onLost: () => heard.push('lost') });
  // a stream lives as long as its page, so those of other tests are still there
  const own = () => opened.filter((source) => source.path === path);
  return { stream, heard, own, openOnes: () => own().filter(({ isClosed }) => !isClosed).length };
}

describe('VisibleStream', () => {
  it('hands on what comes', () => {
    const { heard, own } = setup();
    own()[0]?.onopen();
    own()[0]?.onmessage({ data: 'a' });
    expect(heard).toEqual(['open', 'a']);
  });

  it('lets go of its connection while nobody sees the page, and opens one again', () => {
    const { openOnes, own } = setup();
    expect(openOnes()).toBe(1);
    show('hidden');
    expect(openOnes()).toBe(0);
    show('visible');
    show('visible');
    expect(openOnes()).toBe(1);
    expect(own()).toHaveLength(2);
  });

  it('takes up none of the connections of a server with many hidden tabs', () => {
    globalThis.EventSource = FakeSource as unknown as typeof EventSource;
    show('hidden');
    opened.length = 0;
    for (let tab = 0; tab < 7; tab++) new VisibleStream('api/x/stream', { onOpen: () => undefined, onMessage: () => undefined });
    expect(opened).toHaveLength(0);
  });

  it('is closed for good where nobody follows it any more', () => {
    const { stream, openOnes } = setup();
    stream.close();
    show('hidden');
    show('visible');
    expect(openOnes()).toBe(0);
  });

  it('says that the connection is lost', () => {
    const { heard, own } = setup();
    own()[0]?.onerror();
    expect(heard).toEqual(['lost']);
  });
});
