import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AnswerParametersDto, AreMessages, IfSent, IsModel, IsText, SaidMessageDto, TEXT } from '@tandem/api/http';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { IsPlainObject } from '../requests/text-rules';

const { messages: messageLimit } = REQUEST_LIMITS;

/** Both sides are asked with the same values. */
@ApiSchema({ name: 'BlindParameters' })
export class BlindParametersDto extends AnswerParametersDto {}

/** `POST /api/blind`. */
@ApiSchema({ name: 'BlindRequest' })
export class BlindRequestDto {
  @IsModel('tandem-tiny-base')
  readonly baseline!: string;

  @IsModel()
  readonly derivative!: string;

  @ApiProperty({ type: [SaidMessageDto], minItems: 1, maxItems: messageLimit })
  @AreMessages(SaidMessageDto, 1)
  readonly messages!: SaidMessageDto[];

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', ...TEXT })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @ApiPropertyOptional({ type: BlindParametersDto })
  @IfSent()
  @ValidateNested({ message: 'must be an object' })
  @Type(() => BlindParametersDto)
  @IsPlainObject()
  readonly parameters?: BlindParametersDto;
}
