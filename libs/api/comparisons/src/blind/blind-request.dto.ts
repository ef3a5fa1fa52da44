import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IfSent, IsMaxTokens, IsModel, IsStopList, IsText, SamplingDto, TEXT } from '@tandem/api/http';
import { type ChatRole, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import { IsPlainObject } from '../requests/text-rules';

const ROLES: readonly ChatRole[] = ['system', 'user', 'assistant'];
const { messages: messageLimit } = REQUEST_LIMITS;
const MESSAGES = { message: `must be a list of 1 to ${messageLimit} {"role","content"} objects` };

@ApiSchema({ name: 'BlindMessage' })
export class BlindMessageDto {
  @ApiProperty({ enum: ROLES, example: 'user' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  readonly role!: ChatRole;

  @ApiProperty({ example: 'What is Tandem?', maxLength: REQUEST_LIMITS.textCharacters, description: 'Not blank; only an assistant’s may be empty' })
  @ValidateIf((message: BlindMessageDto) => message.role !== 'assistant' || message.content !== '')
  @IsText()
  readonly content!: string;
}

/** Both sides are asked with the same values. */
@ApiSchema({ name: 'BlindParameters' })
export class BlindParametersDto extends SamplingDto {
  @IsMaxTokens()
  readonly max_tokens?: number;

  @IsStopList()
  readonly stop?: string[];
}

/** `POST /api/blind`. */
@ApiSchema({ name: 'BlindRequest' })
export class BlindRequestDto {
  @IsModel('tandem-tiny-base')
  readonly baseline!: string;

  @IsModel()
  readonly derivative!: string;

  @ApiProperty({ type: [BlindMessageDto], minItems: 1, maxItems: messageLimit })
  @ValidateNested({ each: true, ...MESSAGES })
  @Type(() => BlindMessageDto)
  @ArrayMaxSize(messageLimit, MESSAGES)
  @ArrayMinSize(1, MESSAGES)
  @IsArray(MESSAGES)
  readonly messages!: BlindMessageDto[];

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
