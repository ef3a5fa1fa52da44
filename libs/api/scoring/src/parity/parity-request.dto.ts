import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AnswerParametersDto, AreMessages, IfSent, IsModel, IsText, SaidMessageDto, TEXT } from '@tandem/api/http';
import { type ParityRequest, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';

const PARAMETERS = { message: 'must be an object of sampling parameters' };
const { messages: messageLimit } = REQUEST_LIMITS;

/** What both models are to be asked with. */
@ApiSchema({
  name: 'ParityParameters',
  description: 'What is left out is as on `/stream`, for both alike: no model’s own values count. A seed that is left out is drawn',
})
export class ParityParametersDto extends AnswerParametersDto {}

/** `POST /api/parity`. */
@ApiSchema({ name: 'ParityRequest' })
export class ParityRequestDto implements ParityRequest {
  @IsModel('tandem-tiny-base')
  readonly baseline!: string;

  @IsModel()
  readonly derivative!: string;

  @ApiProperty({ type: [SaidMessageDto], minItems: 1, maxItems: messageLimit, description: 'What both are to be asked' })
  @AreMessages(SaidMessageDto, 1)
  readonly messages!: SaidMessageDto[];

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'System prompt', ...TEXT })
  @IsOptional()
  @IsText()
  readonly system?: string | null;

  @ApiPropertyOptional({ type: ParityParametersDto })
  @IfSent()
  @ValidateNested(PARAMETERS)
  @Type(() => ParityParametersDto)
  @IsObject(PARAMETERS)
  readonly parameters?: ParityParametersDto;
}
