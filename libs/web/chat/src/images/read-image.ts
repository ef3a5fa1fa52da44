import { type KeptImage } from '../archive/records';
import { BROWSER_IMAGES, type ImageTools } from './browser-images';

/** Why a file is not taken: one sentence for who chose it. */
export class UnreadableImage extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UnreadableImage';
  }
}

/** What a model is shown at most of one image: pixels a side, and bytes of its file. */
export const IMAGE_LIMITS = { side: 2048, bytes: 1_000_000, fileBytes: 20_000_000 } as const;

const TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
/** What a large image is tried in, one after the other, until it is small enough; pixels of its longer side. */
const SIDES = [2048, 1536, 1024, 768, 512] as const;

/** A file as an image to be sent: as it is where that is small enough, else smaller. @throws UnreadableImage */
export async function readImage(file: File, tools: ImageTools = BROWSER_IMAGES): Promise<KeptImage> {
  const { name, size, type } = file;
  if (!TYPES.includes(type)) throw new UnreadableImage(`${name} is not a PNG, JPEG, WebP or GIF: no other images are taken.`);
  if (size > IMAGE_LIMITS.fileBytes) throw new UnreadableImage(`${name} has ${Math.ceil(size / 1e6)} MB: images of up to 20 MB are taken.`);
  const picture = await tools.open(file).catch(() => undefined);
  if (!picture) throw new UnreadableImage(`${name} is damaged: it cannot be read as an image.`);
  const longer = Math.max(picture.width, picture.height);
  try {
    if (size <= IMAGE_LIMITS.bytes && longer <= IMAGE_LIMITS.side) {
      return { url: await tools.toUrl(file), name, width: picture.width, height: picture.height };
    }
    for (const side of SIDES) {
      const scale = Math.min(1, side / longer);
      const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))];
      const smaller = await picture.draw(width, height);
      if (smaller.size <= IMAGE_LIMITS.bytes) return { url: await tools.toUrl(smaller), name, width, height, isSmaller: true };
    }
    throw new UnreadableImage(`${name} cannot be made small enough to be sent. Take a part of it.`);
  } finally {
    picture.close();
  }
}
