import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import { checkShape } from './bounded-shape';

class Item {
  @ApiProperty()
  @IsString()
  readonly name!: string;
}

class Parent {
  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(2, { message: 'must hold at most 2 words' })
  readonly words!: string[];
}

class Body extends Parent {
  @ApiProperty({ type: [Item] })
  @ArrayMaxSize(3, { message: 'must hold at most 3 items' })
  readonly items!: Item[];

  @ApiProperty()
  @IsOptional()
  readonly note?: unknown;
}

describe('checkShape', () => {
  it.each([{}, { words: ['a', 'b'], items: [{ name: 'x' }, {}, 'no object'] }, { note: { anything: [1, 2, 3, 4] } }, { words: 'no list' }, [], 'text', null])(
    'lets pass %j',
    (value) => {
      expect(() => checkShape(value, Body)).not.toThrow();
    },
  );

  it.each([
    [{ other: 1 }, 'unknown_field', 'other'],
    [{ items: [{ name: 'x' }, { nmae: 'y' }] }, 'unknown_field', 'items[1].nmae'],
    [{ words: ['a', 'b', 'c'] }, 'invalid_request', 'words'],
    [{ items: [{}, {}, {}, {}] }, 'invalid_request', 'items'],
    [{ items: [{}, []] }, 'invalid_request', 'items[1]'],
    [{ items: [[{ name: 'x' }]] }, 'invalid_request', 'items[0]'],
  ])('refuses %j', (value, code, param) => {
    expect(() => checkShape(value, Body)).toThrow(expect.objectContaining({ code, param }));
  });

  it('looks at nothing behind the first that is wrong', () => {
    const items = Object.defineProperty([{ wrong: 1 }], 1, {
      get: () => {
        throw new Error('looked at');
      },
      enumerable: true,
    });
    expect(() => checkShape({ items }, Body)).toThrow(expect.objectContaining({ param: 'items[0].wrong' }));
  });
});
