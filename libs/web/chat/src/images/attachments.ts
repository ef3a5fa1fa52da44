import { computed, Service, signal } from '@angular/core';
import { type KeptImage } from '../archive/records';
import { readImage, UnreadableImage } from './read-image';

/** How many images go with one message. */
export const MOST_IMAGES = 4;

/** The images that go with the next message of each conversation, until it is sent. They last as long as the page. */
@Service()
export class Attachments {
  private readonly all = signal<ReadonlyMap<string, readonly KeptImage[]>>(new Map());
  private readonly _fault = signal('');
  private readonly reading = signal(0);

  /** Why the last file was not taken; empty where it was. */
  readonly fault = this._fault.asReadonly();
  readonly isReading = computed(() => this.reading() > 0);

  of(conversation: string): readonly KeptImage[] {
    return this.all().get(conversation) ?? [];
  }

  /** Reads files and puts them to what goes along; what cannot be taken is said. */
  async add(conversation: string, files: readonly File[], read: (file: File) => Promise<KeptImage> = readImage): Promise<void> {
    this._fault.set('');
    this.reading.update((count) => count + 1);
    for (const file of files) {
      if (this.of(conversation).length >= MOST_IMAGES) {
        this._fault.set(`At most ${MOST_IMAGES} images go with one message.`);
        break;
      }
      try {
        const image = await read(file);
        this.put(conversation, [...this.of(conversation), image]);
      } catch (failure) {
        this._fault.set(failure instanceof UnreadableImage ? failure.message : `${file.name} could not be read.`);
      }
    }
    this.reading.update((count) => count - 1);
  }

  remove(conversation: string, image: KeptImage): void {
    this._fault.set('');
    this.put(
      conversation,
      this.of(conversation).filter((each) => each !== image),
    );
  }

  refuse(sentence: string): void {
    this._fault.set(sentence);
  }

  /** Gives them away: they are sent. */
  take(conversation: string): readonly KeptImage[] {
    const images = this.of(conversation);
    this._fault.set('');
    this.put(conversation, []);
    return images;
  }

  private put(conversation: string, images: readonly KeptImage[]): void {
    this.all.update((all) => new Map(all).set(conversation, images));
  }
}
