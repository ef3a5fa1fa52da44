import { type ChatMessage, type ChatRole } from '@tandem/shared/contracts';
import { textWithCalls } from '@tandem/web/run';
import { type KeptImage, type MessageRecord } from '../archive/records';

/** A turn of the history: a question and what there is of its answer. */
interface Turn {
  /** Id of the question. */
  readonly id: string;
  readonly messages: readonly SaidMessage[];
}

/** A message, and what is shown beside it. */
interface SaidMessage {
  readonly id: string;
  readonly role: ChatRole;
  readonly text: string;
  readonly images?: readonly KeptImage[];
}

/** What is sent, and from which message on. */
export interface Sending {
  /** Id of the first message that is sent; null when nothing is left out. */
  readonly from: string | null;
  readonly messages: readonly ChatMessage[];
  /** How many images of which message stay behind, though the message is sent. */
  readonly imagesLeftOut: ReadonlyMap<string, number>;
}

/** The room there is for what is sent, and how much of it text takes. */
export interface Room {
  /** In tokens; null where it is not known. */
  readonly contextLength: number | null;
  readonly maxTokens: number;
  readonly tokensPerCharacter: number;
  readonly system: string;
  /** Whether the model may be sent images. Default: yes. */
  readonly mayTakeImages?: boolean;
}

/** What a chat template puts around each message, in tokens, roughly. */
const AROUND_MESSAGE = 6;
/** As how much text an image counts: some models take fewer tokens for it, some more. In UTF-16 characters. */
export const CHARACTERS_OF_IMAGE = 3_000;
/** How much of all images, as data URLs, goes with one request: its body may have 8 MiB. In characters. */
export const IMAGE_CHARACTERS = 6_000_000;
/** How full the context is made when something has to be left out: not to leave out more with every question. */
const REFILL = 0.6;
/** What is sent after the model refused as too long, of what was. */
const LESS = 0.7;

/**
 * What of a branch is sent: all of it, where the model's context holds that and an answer; else the newest turns, from
 * the same one on as last time as long as those fit. A turn without an answer is left out: its question would stand
 * there unanswered. `path` ends with the question, or with the answer that is gone on with.
 */
export function planSending(path: readonly MessageRecord[], room: Room, lastFrom: string | null): Sending {
  const turns = turnsOf(path);
  const limit = room.contextLength === null ? Infinity : room.contextLength - reserve(room, room.contextLength);
  const needed = tokensFrom(turns, room);
  const fits = (from: number, within: number): boolean => (needed[from] ?? 0) <= within;
  if (fits(0, limit)) return sendingFrom(turns, 0, room);
  const last = turns.findIndex(({ id }) => id === lastFrom);
  if (last > 0 && fits(last, limit)) return sendingFrom(turns, last, room);
  let from = Math.max(0, last);
  while (from < turns.length - 1 && !fits(from, limit * REFILL)) from += 1;
  return sendingFrom(turns, from, room);
}

/** What to send after the model refused `refused` as too long; nothing, where only the question is left. */
export function sendLess(path: readonly MessageRecord[], refused: Sending, room: Pick<Room, 'mayTakeImages'> = {}): Sending | undefined {
  const turns = turnsOf(path);
  const first = Math.max(
    0,
    turns.findIndex(({ id }) => id === refused.from),
  );
  const { characters } = sizesFrom(turns);
  const wanted = (characters[first] ?? 0) * LESS;
  let from = first + 1;
  while (from < turns.length - 1 && (characters[from] ?? 0) > wanted) from += 1;
  return from < turns.length ? sendingFrom(turns, from, room) : undefined;
}

/** How many tokens messages of these sizes, in characters, take, roughly. */
export function estimateTokens(sizes: readonly number[], tokensPerCharacter: number): number {
  const characters = sizes.reduce((sum, size) => sum + size, 0);
  return tokensOf(characters, sizes.length, tokensPerCharacter);
}

function tokensOf(characters: number, messages: number, tokensPerCharacter: number): number {
  return Math.ceil(characters * tokensPerCharacter + messages * AROUND_MESSAGE);
}

/** What of the context is kept free for the answer. */
function reserve({ maxTokens }: Room, contextLength: number): number {
  return Math.min(maxTokens, contextLength / 4);
}

function turnsOf(path: readonly MessageRecord[]): readonly Turn[] {
  const turns: Turn[] = [];
  path.forEach((message, at) => {
    const next = path[at + 1];
    if (message.role !== 'user' || (next && textSent(next) === '')) return;
    const messages: SaidMessage[] = [{ id: message.id, role: 'user', text: message.text, ...(message.images ? { images: message.images } : {}) }];
    if (next?.role === 'assistant') messages.push({ id: next.id, role: 'assistant', text: next === path.at(-1) ? wholeText(next) : textSent(next) });
    turns.push({ id: message.id, messages });
  });
  return turns;
}

function textSent(message: MessageRecord): string {
  return message.role === 'assistant' ? textWithCalls(message) : '';
}

/** With the thoughts, where they are a part of the text as the model wrote it. */
function wholeText(message: MessageRecord): string {
  const isPart = message.role === 'assistant' && message.thoughts.trimStart().startsWith('<think>');
  return isPart ? message.thoughts + textSent(message) : textSent(message);
}

function sendingFrom(turns: readonly Turn[], from: number, { mayTakeImages = true }: Pick<Room, 'mayTakeImages'>): Sending {
  const said = turns.slice(from).flatMap(({ messages }) => messages);
  let left = mayTakeImages ? IMAGE_CHARACTERS : 0;
  const imagesLeftOut = new Map<string, number>();
  // the newest images first: it is they that are talked of
  const messages = said.toReversed().map((message): ChatMessage => {
    const images = (message.images ?? []).filter(({ url }) => (left -= url.length) >= 0);
    const behind = (message.images?.length ?? 0) - images.length;
    if (behind > 0) imagesLeftOut.set(message.id, behind);
    return toSent(message, images);
  });
  return { from: from === 0 ? null : (turns[from]?.id ?? null), messages: messages.toReversed(), imagesLeftOut };
}

function toSent({ role, text }: SaidMessage, images: readonly KeptImage[]): ChatMessage {
  if (images.length === 0) return { role, content: text };
  return { role, content: [{ type: 'text', text }, ...images.map(({ url }) => ({ type: 'image_url' as const, image_url: { url } }))] };
}

/** The tokens that all turns from each on take, with the system prompt. */
function tokensFrom(turns: readonly Turn[], { tokensPerCharacter, system }: Room): readonly number[] {
  const { characters, messages } = sizesFrom(turns);
  const hasSystem = system.trim() !== '';
  return characters.map((sum, at) => tokensOf(sum + (hasSystem ? system.length : 0), (messages[at] ?? 0) + (hasSystem ? 1 : 0), tokensPerCharacter));
}

/** How much there is from each turn on, summed up once: a conversation may have thousands. */
function sizesFrom(turns: readonly Turn[]): { readonly characters: readonly number[]; readonly messages: readonly number[] } {
  const characters: number[] = new Array(turns.length).fill(0);
  const messages: number[] = new Array(turns.length).fill(0);
  for (let at = turns.length - 1; at >= 0; at--) {
    const turn = turns[at]?.messages ?? [];
    characters[at] = turn.reduce((sum, { text, images = [] }) => sum + text.length + images.length * CHARACTERS_OF_IMAGE, characters[at + 1] ?? 0);
    messages[at] = turn.length + (messages[at + 1] ?? 0);
  }
  return { characters, messages };
}
