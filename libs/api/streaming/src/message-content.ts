import { NO_TEXT, textFault } from '@tandem/api/http';
import { type ContentPart, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { ValidateBy } from 'class-validator';

type Content = string | readonly ContentPart[];

/** No address: nobody, neither this server nor a model's, is to fetch what a request names. */
const IMAGE = /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/;

/** The text of a message, its parts' joined. */
export function textOf(content: Content): string {
  return typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The images of a message, as data URLs. */
export function imagesOf(content: Content): readonly string[] {
  return typeof content === 'string' ? [] : content.flatMap((part) => (part.type === 'image_url' ? [part.image_url.url] : []));
}

/** The property is what somebody said: text that is not blank, or parts with such a text; only a user's have images. */
export function IsContent(): PropertyDecorator {
  return ValidateBy({
    name: 'isContent',
    validator: {
      validate: (value, found) => faultOf(value, roleOf(found?.object)) === undefined,
      defaultMessage: (found) => faultOf(found?.value, roleOf(found?.object)) ?? '',
    },
  });
}

function roleOf(message: unknown): unknown {
  return (message as { readonly role?: unknown } | undefined)?.role;
}

function faultOf(value: unknown, role: unknown): string | undefined {
  if (typeof value !== 'string') {
    const fault = faultOfParts(value, role);
    if (fault) return fault;
  }
  return textFault(textOf(value as Content));
}

function faultOfParts(value: unknown, role: unknown): string | undefined {
  const most = REQUEST_LIMITS.contentParts;
  if (!Array.isArray(value)) return NO_TEXT;
  if (value.length > most) return `must hold at most ${most} parts`;
  for (const [at, part] of value.entries()) {
    if (isTextPart(part)) continue;
    if (!isImagePart(part)) return `must be text, or parts {"type":"text","text"} and {"type":"image_url","image_url":{"url"}}: the part ${at} is neither`;
    if (role !== 'user') return 'must be text: only the messages of a user hold images';
    if (!IMAGE.test(part.image_url.url)) return `must hold images as data URLs of the type PNG, JPEG, WebP or GIF in base64: the part ${at} is none`;
  }
  return undefined;
}

function isTextPart(part: unknown): boolean {
  return hasFields(part, ['type', 'text']) && part['type'] === 'text' && typeof part['text'] === 'string';
}

function isImagePart(part: unknown): part is Extract<ContentPart, { type: 'image_url' }> {
  if (!hasFields(part, ['type', 'image_url']) || part['type'] !== 'image_url') return false;
  const image = part['image_url'];
  return hasFields(image, ['url']) && typeof image['url'] === 'string';
}

/** Whether it is an object with these fields and no others. */
function hasFields(value: unknown, fields: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.keys(value).sort().join() === [...fields].sort().join();
}
