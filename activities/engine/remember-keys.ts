import { stepKey, type KeyParts } from '../../dag/key';

/**
 * Keys of the steps of one study, each worked out once for as long as its inputs stand: a graph is planned again after every step, and
 * the parameters of one, such as a list of files, may be megabytes of text. They follow from the study, and are not compared.
 */
export function rememberKeys(): (parts: KeyParts) => string {
  const known = new Map<string, { readonly rest: string; readonly key: string }>();
  return (parts) => {
    const rest = JSON.stringify([parts.code, parts.vintage ?? null, parts.inputs]);
    const last = known.get(parts.step);
    if (last?.rest === rest) return last.key;
    const { key } = stepKey(parts);
    known.set(parts.step, { rest, key });
    return key;
  };
}
