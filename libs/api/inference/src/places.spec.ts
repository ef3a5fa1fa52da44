import { Places } from './places';

describe('Places', () => {
  it('are as many as allowed, and say when to come back', () => {
    const places = new Places(2);
    places.take();
    places.take();
    expect(() => places.take()).toThrow(expect.objectContaining({ code: 'queue_full', status: 503, retryable: true, retryAfterSeconds: 5 }));
  });

  it('are free again when they are given back, once', () => {
    const places = new Places(2);
    const giveBack = places.take();
    places.take();
    giveBack();
    giveBack();
    places.take();
    expect(() => places.take()).toThrow(expect.objectContaining({ code: 'queue_full' }));
  });
});
