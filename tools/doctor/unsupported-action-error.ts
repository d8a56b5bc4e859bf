/** The endpoint is a local AWS that does not implement the action. */
export class UnsupportedActionError extends Error {
  override readonly name = "UnsupportedActionError";
  readonly code = "UNSUPPORTED_ACTION";

  /** @param action such as `ec2:DescribeVpcs`. */
  constructor(action: string, options?: ErrorOptions) {
    super(`The local AWS does not implement ${action}.`, options);
  }
}

/**
 * The response of an action. The local AWS refuses an unknown action with status 501, in a body that not every client
 * can parse.
 *
 * @throws UnsupportedActionError
 */
export async function requireSupport<Response>(action: string, response: Promise<Response>): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    if (httpStatus(error) === 501) throw new UnsupportedActionError(action, { cause: error });
    throw error;
  }
}

/** The HTTP status behind an error of an SDK client. */
export function httpStatus(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
