import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';

export class UnloadQueryDto {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: 'End the answers that it is giving, with an error frame `model_unloaded`' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(['true', 'false'], { message: 'must be true or false, once' })
  readonly force?: 'true' | 'false';
}
