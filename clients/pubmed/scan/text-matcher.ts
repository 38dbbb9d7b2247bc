/**
 * Decides over the UTF-8 bytes of a text whether it holds what is looked for. For each byte the state becomes
 * `next[(state << shift) | classes[byte]]`; a value with the bit `mark` is a stop: at a control character, "<", "&" and every byte beyond
 * ASCII nothing was read; at any other byte the text has been found to match, if `goesOn` says so too of the state arrived in. Every "<" is a stop, so a scan ends at the next tag.
 */
export interface TextMatcher {
  readonly classes: Uint8Array;
  readonly shift: number;
  readonly next: Uint16Array | Uint32Array;
  /** One bit, above every state. */
  readonly mark: number;
  /** The state at the beginning of a text. */
  readonly start: number;
  /** The state after one character, `mark` or more if the text has been found to match. */
  step(state: number, codePoint: number): number;
  /** Whether what was found on arriving in a state goes on as it should in the bytes behind. False only where it does not. */
  goesOn(state: number, bytes: Uint8Array, behind: number): boolean;
}
