import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfSent } from '@tandem/api/http';
import { isStorable } from '@tandem/api/store';
import { PROMPT_SET_LIMITS } from '@tandem/shared/contracts';
import { ValidateBy } from 'class-validator';

const most = PROMPT_SET_LIMITS.nameCharacters;

export class SetNameQueryDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: most, example: 'support questions', description: 'Default: what the file calls itself' })
  @IfSent()
  @ValidateBy({
    name: 'isSetName',
    validator: {
      validate: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= most && isStorable(value),
      defaultMessage: () => `must be sent once, and be text of 1 to ${most} characters`,
    },
  })
  readonly name?: string;
}
