import { readEvents } from './read-events';

function setup(pieces: readonly string[]) {
  let cancelled = false;
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, wasCancelled: () => cancelled };
}

describe('readEvents', () => {
  it('yields every event of the body in order', async () => {
    const { body } = setup(['data: a\n\nda', 'ta: b\n', '\ndata: c']);
    const seen: string[] = [];
    for await (const { data } of readEvents(body)) seen.push(data);
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('cancels the body when the reader leaves early', async () => {
    const { body, wasCancelled } = setup(['data: a\n\n', 'data: b\n\n', 'data: c\n\n']);
    for await (const event of readEvents(body)) if (event.data === 'a') break;
    expect(wasCancelled()).toBe(true);
  });

  it('throws what the body throws', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('cut')) });
    await expect(readEvents(body).next()).rejects.toThrow('cut');
  });
});
