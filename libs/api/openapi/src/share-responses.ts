import type { OpenAPIObject } from '@nestjs/swagger';
import type { FaultCode } from '@tandem/shared/contracts';
import type { Operation } from './complete-operation';

interface FaultContent {
  readonly content?: { readonly 'application/json'?: { readonly examples?: Record<FaultCode, object> } };
}

/** Keeps the answer of a status that has one fault only in the components, once for all of these operations. */
export function shareResponses(document: OpenAPIObject, operations: readonly Operation[]): OpenAPIObject {
  const shared: Record<string, object> = {};
  for (const { responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      const codes = Number(status) < 400 ? [] : Object.keys((response as FaultContent).content?.['application/json']?.examples ?? {});
      const [code] = codes;
      if (code === undefined || codes.length > 1) continue;
      const name = code.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
      shared[name] = response;
      responses[status] = { $ref: `#/components/responses/${name}` } as never;
    }
  }
  const sorted = Object.entries(shared).sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...document, components: { ...document.components, responses: Object.fromEntries(sorted) as never } };
}
