import type { Client } from './client';
import { Departures } from './departures';

const clientOf = (key: string): Client => ({ key, owner: key, role: 'anyone' });

describe('Departures', () => {
  it('tells whoever listens by then which clients may not go on', () => {
    const departures = new Departures();
    const gone: string[] = [];
    departures.tell(() => true);
    departures.all.subscribe((isGone) => gone.push(...['one', 'other'].filter((key) => isGone(clientOf(key)))));
    departures.tell(({ owner }) => owner === 'other');
    expect(gone).toEqual(['other']);
  });
});
