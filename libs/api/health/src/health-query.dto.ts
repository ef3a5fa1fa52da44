import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class HealthQueryDto {
  @ApiProperty({ minLength: 1, maxLength: 1_000, description: 'Id, name or endpoint of a model', example: 'tandem-tiny-chat' })
  @IsNotEmpty({ message: 'must be the id, name or endpoint of one model' })
  @MaxLength(1_000, { message: 'must be at most 1000 characters long' })
  @IsString({ message: 'must be the id, name or endpoint of one model' })
  model!: string;
}
