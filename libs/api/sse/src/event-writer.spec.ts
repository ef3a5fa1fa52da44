import { EventEmitter } from 'node:events';
import { EventWriter } from './event-writer';
import { Tape } from './testing/tape';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A client that takes what it is let take. */
function setup(sent = 0) {
  const tape = new Tape();
  const drains = new EventEmitter();
  const client = { isOpen: true, takes: true, got: [] as string[], isGone: false, ends: 0 };
  const outlet = {
    get isOpen() {
      return client.isOpen;
    },
    write: (text: string) => {
      client.got.push(text);
      return client.takes ? null : drains;
    },
    destroy: () => void (client.isGone = true),
  };
  const open = () => new EventWriter(tape, outlet, tape.textOf, sent, () => client.ends++);
  return { tape, client, open, drain: () => drains.emit('drain'), drains };
}

describe('EventWriter', () => {
  it('writes what came in one turn as one piece, and ends once', async () => {
    const { tape, client, open } = setup();
    tape.say('a');
    open();
    tape.say('b', 'c');
    await turn();
    tape.say('d');
    tape.end();
    await turn();
    expect(client).toMatchObject({ got: ['abc', 'd'], ends: 1 });
    expect(tape.readers).toBe(0);
  });

  it('begins behind the number that the client has', async () => {
    const { tape, client, open } = setup(2);
    tape.say('a', 'b', 'c');
    open();
    await turn();
    expect(client.got).toEqual(['c']);
  });

  it('writes nothing before the head has gone out', async () => {
    const { tape, client, open } = setup();
    client.isOpen = false;
    open();
    tape.say('a');
    await turn();
    expect(client.got).toEqual([]);
    client.isOpen = true;
    await turn();
    await turn();
    expect(client.got).toEqual(['a']);
  });

  it('waits while the client takes no more, and says so once much has come', async () => {
    const { tape, client, open, drain, drains } = setup();
    client.takes = false;
    open();
    tape.say('a');
    await turn();
    tape.say('x'.repeat(999_999));
    expect([client.got, tape.isLagging]).toEqual([['a'], false]);
    tape.say('yz');
    await turn();
    expect([client.got, tape.isLagging]).toEqual([['a'], true]);
    client.takes = true;
    drain();
    await turn();
    expect([client.got.join('').length, tape.isLagging, drains.listenerCount('drain')]).toEqual([1_000_002, false, 0]);
  });

  it('cuts what has piled up into several writes', async () => {
    const { tape, client, open } = setup();
    for (let frame = 0; frame < 6; frame++) tape.say('x'.repeat(100_000));
    open();
    tape.end();
    while (client.ends === 0) await turn();
    expect(client.got.map(({ length }) => length)).toEqual([300_000, 300_000]);
  });

  it('breaks off where what comes next is kept no more', async () => {
    const { tape, client, open } = setup();
    tape.say('a', 'b', 'c');
    tape.forgotten = 2;
    open();
    await turn();
    expect(client).toMatchObject({ got: [], isGone: true, ends: 0 });
  });

  it('leaves nothing behind when it is closed while the client waits', async () => {
    const { tape, client, open, drains } = setup();
    client.takes = false;
    const writer = open();
    tape.say('a');
    await turn();
    writer.close();
    writer.close();
    tape.say('b');
    await turn();
    expect([client.got, tape.readers, drains.listenerCount('drain'), client.ends]).toEqual([['a'], 0, 0, 0]);
  });
});
