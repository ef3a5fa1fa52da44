import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

@ApiSchema({ name: 'SignIn' })
export class SignInDto {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 1024, description: 'One of `ACCESS_TOKENS`', example: 'a-token-of-your-server' })
  @IsString({ message: 'must be text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(1024, { message: 'must have at most 1024 characters' })
  readonly token!: string;
}
