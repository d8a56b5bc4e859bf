/** A header that CloudFront adds to every response. */
export interface AddedHeader {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces the header of the origin. */
  readonly override: boolean;
}

export interface ResponseHeadersPolicy {
  readonly added: readonly AddedHeader[];
  /** In lower case. */
  readonly removed: readonly string[];
}
