import { TestBed } from '@angular/core/testing';
import { type KeptImage } from '../archive/records';
import { Attachments } from './attachments';
import { UnreadableImage } from './read-image';

const image = (name: string): KeptImage => ({ url: `data:${name}`, name, width: 1, height: 1 });
const file = (name: string): File => new File([], name, { type: 'image/png' });
const read = async ({ name }: File): Promise<KeptImage> => {
  if (name === 'bad') throw new UnreadableImage('bad is damaged.');
  if (name === 'gone') throw new Error('NotFoundError');
  return image(name);
};

describe('Attachments', () => {
  it('has what was added, for each conversation its own, until it is sent', async () => {
    const attachments = TestBed.inject(Attachments);
    await attachments.add('a', [file('one'), file('two')], read);
    await attachments.add('b', [file('three')], read);
    attachments.remove('a', attachments.of('a')[0]!);
    expect(attachments.of('a')).toEqual([image('two')]);
    expect(attachments.take('a')).toEqual([image('two')]);
    expect([attachments.of('a'), attachments.of('b')]).toEqual([[], [image('three')]]);
  });

  it('says what was not taken, and takes the others', async () => {
    const attachments = TestBed.inject(Attachments);
    await attachments.add('a', [file('bad'), file('one')], read);
    expect([attachments.of('a').length, attachments.fault(), attachments.isReading()]).toEqual([1, 'bad is damaged.', false]);
    await attachments.add('a', [file('gone')], read);
    expect(attachments.fault()).toBe('gone could not be read.');
    await attachments.add('a', [file('two')], read);
    expect(attachments.fault()).toBe('');
  });

  it('takes four at most', async () => {
    const attachments = TestBed.inject(Attachments);
    await attachments.add('a', ['1', '2', '3', '4', '5'].map(file), read);
    expect([attachments.of('a').length, attachments.fault()]).toEqual([4, 'At most 4 images go with one message.']);
  });

  it('tells that it reads', async () => {
    const attachments = TestBed.inject(Attachments);
    const adding = attachments.add('a', [file('one')], read);
    expect(attachments.isReading()).toBe(true);
    await adding;
    expect(attachments.isReading()).toBe(false);
  });
});
