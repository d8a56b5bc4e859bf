/** Header values by name in lower case. */
export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A response with its complete body. */
export interface BufferedResponse {
  readonly status: number;
  readonly headers: HeaderValues;
  readonly body: Buffer;
}
