import { IsCursor, IsPageLimit } from '@tandem/api/http';

/** Which part of a list is asked for. */
export class PagingDto {
  static readonly limit = 50;

  @IsCursor()
  readonly cursor?: string;

  @IsPageLimit(PagingDto.limit)
  readonly limit?: number;
}
