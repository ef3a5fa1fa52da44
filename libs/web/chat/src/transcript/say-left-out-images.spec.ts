import { sayLeftOutImages } from './say-left-out-images';

it.each([
  [0, 2, true, ''],
  [0, 2, false, ''],
  [2, 2, true, 'Not sent any more: newer images take all the room there is'],
  [1, 2, true, '1 of 2 not sent any more: newer images take all the room there is'],
  [2, 2, false, 'Not sent: this model takes no images'],
])('says of %d of %d images that stay behind (model takes images: %s): %j', (leftOut, all, mayTakeImages, words) =>
  expect(sayLeftOutImages(leftOut, all, mayTakeImages)).toBe(words),
);
