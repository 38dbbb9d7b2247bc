import type { Connection } from '@temporalio/client';
import { StackError } from '../errors';
import type { SearchAttributes } from '../protocol';

/** `temporal.api.enums.v1.IndexedValueType`. */
const numberOf: Record<SearchAttributes[string], number> = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 };

/** Registers what the namespace lacks; again is harmless. @throws StackError (2) when one stands there with another type. */
export async function registerAttributes(connection: Connection, namespace: string, wanted: SearchAttributes): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, type] of Object.entries(wanted)) {
    const present = customAttributes[name];
    if (present === undefined) missing[name] = numberOf[type];
    else if (present !== numberOf[type]) {
      const was = Object.keys(numberOf).find((key) => numberOf[key as SearchAttributes[string]] === present);
      throw new StackError(
        `Expected the search attribute ${name} to be ${type}, got ${was} (namespace ${namespace}). Remove this home's temporal-*.db*.`,
        2,
      );
    }
  }
  if (Object.keys(missing).length > 0) await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}
