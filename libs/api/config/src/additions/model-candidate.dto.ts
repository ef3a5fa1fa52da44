import { Type } from 'class-transformer';
import { IsIn, IsObject, ValidateNested } from 'class-validator';
import { ModelEntryDto } from '../model-entry.dto';

export const SIDES = ['baseline', 'twodelta'] as const;
export type Side = (typeof SIDES)[number];

/** A model that is not configured. */
export class ModelCandidateDto {
  @ValidateNested()
  @Type(() => ModelEntryDto)
  @IsObject({ message: 'must be an object such as {"name":"Mine","endpoint":"localhost:8000"}' })
  readonly entry!: ModelEntryDto;
}

/** A model with the list that it is to stand in. */
export class AddModelDto extends ModelCandidateDto {
  @IsIn(SIDES, { message: `must be one of ${SIDES.join(', ')}` })
  readonly side!: Side;
}
