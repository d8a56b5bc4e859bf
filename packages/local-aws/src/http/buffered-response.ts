/** Header values by name in lower case. */
export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers as sent, in order. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** An HTTP response with its complete body. */
export interface BufferedResponse<Headers = HeaderValues> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}
