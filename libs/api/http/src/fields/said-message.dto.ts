import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type ChatRole, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { IsIn, ValidateIf } from 'class-validator';
import { IsText } from './request-validation';

const ROLES: readonly ChatRole[] = ['system', 'user', 'assistant'];
const { textCharacters } = REQUEST_LIMITS;

/** One message of a conversation, in text. An assistant's may be empty: a stopped answer can be. */
@ApiSchema({ name: 'SaidMessage' })
export class SaidMessageDto {
  @ApiProperty({ enum: ROLES, example: 'user' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  readonly role!: ChatRole;

  @ApiProperty({ example: 'What is Tandem?', maxLength: textCharacters, description: 'Not blank; only an assistant’s may be empty' })
  @ValidateIf((message: SaidMessageDto) => message.role !== 'assistant' || message.content !== '')
  @IsText()
  readonly content!: string;
}
