/** A request and its response. */
export interface Exchange {
  /** For people. */
  readonly text: string;
  readonly succeeded: boolean;
}

/** Sends a line to the API at `url`. */
export async function shout(url: string, line: string): Promise<Exchange> {
  const body = JSON.stringify({ data: line });
  const request = [`POST ${url}/`, body, ""];
  try {
    const response = await fetch(`${url}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const result = [`${response.status} ${response.statusText}`, await response.text(), ""];
    return { text: [...request, ...result].join("\n"), succeeded: response.ok };
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : message;
    return { text: [...request, `no response: ${reason}`, ""].join("\n"), succeeded: false };
  }
}

/**
 * Sends one line after the other until there are no more, on a terminal until an empty one.
 *
 * @returns whether every response was successful.
 */
export async function sendLines(
  url: string,
  lines: AsyncIterable<string>,
  { isTerminal, print, prompt }: { isTerminal: boolean; print(text: string): void; prompt(): void },
): Promise<boolean> {
  let succeeded = true;
  prompt();
  for await (const line of lines) {
    if (isTerminal && line === "") break;
    const exchange = await shout(url, line);
    print(exchange.text);
    succeeded &&= exchange.succeeded;
    prompt();
  }
  return succeeded;
}
