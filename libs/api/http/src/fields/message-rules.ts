import { applyDecorators, type Type as ClassType } from '@nestjs/common';
import { REQUEST_LIMITS } from '@tandem/shared/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';

// Rules put together here are checked in the order they are listed; stacked decorators from the lowest up.

const { messages: most } = REQUEST_LIMITS;
const MESSAGES = { message: 'must be a list of {"role","content"} objects' };

/** The property is a conversation of at least so many messages. @param messageType the class that each is checked as */
export const AreMessages = (messageType: ClassType, least: 0 | 1): PropertyDecorator =>
  applyDecorators(
    IsArray(MESSAGES),
    ...(least === 0 ? [] : [ArrayMinSize(least, { message: 'must hold at least one message' })]),
    ArrayMaxSize(most, { message: `must hold at most ${most} messages` }),
    Type(() => messageType),
    ValidateNested({ each: true, ...MESSAGES }),
  );
