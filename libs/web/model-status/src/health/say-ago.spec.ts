import { sayAgo } from './say-ago';

describe('sayAgo', () => {
  const now = Date.parse('2026-01-02T12:00:00Z');
  it.each([
    ['2026-01-02T11:59:30Z', 'just now'],
    ['2026-01-02T12:00:30Z', 'just now'],
    ['2026-01-02T11:55:00Z', '5 minutes ago'],
    ['2026-01-02T10:30:00Z', '1 hour ago'],
    ['2026-01-01T10:00:00Z', 'yesterday'],
  ])('%s: %s', (iso, said) => expect(sayAgo(iso, now)).toBe(said));
});
