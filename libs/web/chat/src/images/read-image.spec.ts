import { type ImageTools } from './browser-images';
import { readImage, UnreadableImage } from './read-image';

/** A browser whose pictures are as large as they are said to be, and take so many bytes a pixel when drawn. */
function tools(width: number, height: number, bytesPerPixel = 0.1): ImageTools & { readonly closed: () => number } {
  let closed = 0;
  const draw = async (toWidth: number, toHeight: number): Promise<Blob> => new Blob([new Uint8Array(Math.round(toWidth * toHeight * bytesPerPixel))]);
  return {
    open: async () => ({ width, height, draw, close: () => void (closed += 1) }),
    toUrl: async (blob) => `data:${blob.size}`,
    closed: () => closed,
  };
}
const file = (bytes: number, type = 'image/png'): File => new File([new Uint8Array(bytes)], 'photo.png', { type });

describe('readImage', () => {
  it('takes a small image as it is', async () => {
    const browser = tools(640, 480);
    expect(await readImage(file(500), browser)).toEqual({ url: 'data:500', name: 'photo.png', width: 640, height: 480 });
    expect(browser.closed()).toBe(1);
  });

  it.each([
    ['too many pixels', 500, 4096, 2048, 0.1, 2048, 1024],
    ['too many bytes', 1_000_001, 1000, 500, 0.1, 1000, 500],
    ['too many bytes even when drawn', 500, 4096, 4096, 0.6, 1024, 1024],
    ['one side without any pixels left', 500, 100_000, 1, 0.1, 2048, 1],
  ])('makes one smaller that has %s', async (_, bytes, width, height, bytesPerPixel, toWidth, toHeight) => {
    const image = await readImage(file(bytes), tools(width, height, bytesPerPixel));
    expect(image).toMatchObject({ width: toWidth, height: toHeight, isSmaller: true });
  });

  it.each([
    ['of another kind', file(10, 'image/svg+xml'), tools(1, 1), /photo\.png is not a PNG, JPEG, WebP or GIF/],
    ['that is too large', Object.defineProperty(file(10), 'size', { value: 25_000_000 }), tools(1, 1), /has 25 MB: images of up to 20 MB/],
    ['that is damaged', file(10), { ...tools(1, 1), open: () => Promise.reject(new Error('no image')) }, /is damaged/],
    ['that stays too large', file(10), tools(4096, 4096, 100), /cannot be made small enough/],
  ])('refuses one %s, and says so', async (_, given, browser, words) => {
    await expect(readImage(given, browser)).rejects.toThrow(UnreadableImage);
    await expect(readImage(given, browser)).rejects.toThrow(words);
  });
});
