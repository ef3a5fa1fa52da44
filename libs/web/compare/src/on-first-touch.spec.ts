import { onFirstTouch } from './on-first-touch';

it.each(['pointermove', 'pointerdown', 'keydown', 'focusin'])('acts once, at the first %s', (sign) => {
  let count = 0;
  onFirstTouch(() => (count += 1));
  expect(count).toBe(0);
  dispatchEvent(new Event(sign));
  dispatchEvent(new Event(sign));
  dispatchEvent(new Event('keydown'));
  expect(count).toBe(1);
});
