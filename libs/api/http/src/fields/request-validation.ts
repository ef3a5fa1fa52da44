import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { describeRange, isInRange, type NumericParameter, PARAMETER_RANGES, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { ValidateBy } from 'class-validator';
import { checkShape } from './bounded-shape';
import { NO_TEXT, textFault } from './text-fault';
import { Fault, unknownField } from '@tandem/api/faults';

interface Finding {
  readonly path: string;
  readonly rule: string;
  readonly sentence: string;
}

/** The first thing wrong, depth first, with its path: `messages[3].role`. */
function firstFinding(errors: readonly ValidationError[], parent = ''): Finding | undefined {
  for (const error of errors) {
    const path = /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : parent ? `${parent}.${error.property}` : error.property;
    const [rule, sentence] = Object.entries(error.constraints ?? {})[0] ?? [];
    if (rule !== undefined && sentence !== undefined) return { path, rule, sentence };
    const nested = firstFinding(error.children ?? [], path);
    if (nested) return nested;
  }
  return undefined;
}

/** Validation errors as the one fault that names the field and what it must be. */
export function faultOfValidation(errors: readonly ValidationError[]): Fault {
  const finding = firstFinding(errors);
  if (finding === undefined) return new Fault('invalid_request', 'The request is not valid.');
  const { path, rule, sentence } = finding;
  if (rule === 'whitelistValidation') return unknownField(path);
  return new Fault('invalid_request', `${path}: ${sentence}.`, { param: path });
}

/** Checks every request against its class: unknown fields are refused, nothing is converted silently. */
class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      exceptionFactory: (errors: ValidationError[]) => faultOfValidation(errors),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata;
    if (metatype !== undefined && this.toValidate(metadata)) checkShape(value, metatype);
    return super.transform(value, metadata);
  }
}

export function createRequestValidation(): ValidationPipe {
  return new RequestValidation();
}

/** The property is a number inside the range of that sampling parameter. */
export function InParameterRange(parameter: NumericParameter): PropertyDecorator {
  const range = PARAMETER_RANGES[parameter];
  return ValidateBy({
    name: 'inParameterRange',
    validator: {
      validate: (value) => isInRange(value, range),
      defaultMessage: () => `must be ${describeRange(range)}`,
    },
  });
}

/** The property is text: not blank, and no longer than the contract allows. */
export function IsText(): PropertyDecorator {
  return ValidateBy({
    name: 'isText',
    validator: {
      validate: (value) => textFault(value) === undefined,
      defaultMessage: (found) => textFault(found?.value) ?? NO_TEXT,
    },
  });
}

/** The property is the id that a client gave one of its conversations. */
export function IsConversationId(): PropertyDecorator {
  const limit = REQUEST_LIMITS.conversationIdCharacters;
  return ValidateBy({
    name: 'isConversationId',
    validator: {
      validate: (value) => typeof value === 'string' && value !== '' && value.length <= limit,
      defaultMessage: () => `must be text of 1 to ${limit} characters`,
    },
  });
}
