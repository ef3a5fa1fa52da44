/** An image that was opened, until `close()`. */
export interface OpenPicture {
  readonly width: number;
  readonly height: number;
  /** As a JPEG of that size, on white where it lets something through. */
  draw(width: number, height: number): Promise<Blob>;
  close(): void;
}

export interface ImageTools {
  /** Rejects where it is no image. */
  open(file: Blob): Promise<OpenPicture>;
  /** As a data URL. */
  toUrl(file: Blob): Promise<string>;
}

const QUALITY = 0.85;

/** What the browser itself can do. */
export const BROWSER_IMAGES: ImageTools = { open, toUrl };

async function open(file: Blob): Promise<OpenPicture> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  return { width, height, draw: (toWidth, toHeight) => draw(bitmap, toWidth, toHeight), close: () => bitmap.close() };
}

function draw(bitmap: ImageBitmap, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not write the image.'))), 'image/jpeg', QUALITY);
  });
}

function toUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(new Error('The file could not be read.')));
    reader.readAsDataURL(file);
  });
}
