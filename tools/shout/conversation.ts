/** One round: what was sent, and what came back. */
export interface Round {
  /** As a person reads it. */
  readonly text: string;
  readonly succeeded: boolean;
}

/** Has a line shouted by the API at `url` and tells what was asked and answered. */
export async function shout(url: string, line: string): Promise<Round> {
  const body = JSON.stringify({ data: line });
  const asked = [`POST ${url}/`, body, ""];
  try {
    const response = await fetch(`${url}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const answered = [`${response.status} ${response.statusText}`, await response.text(), ""];
    return { text: [...asked, ...answered].join("\n"), succeeded: response.ok };
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : message;
    return { text: [...asked, `no answer: ${reason}`, ""].join("\n"), succeeded: false };
  }
}

/**
 * Has one line after the other shouted, until there are no more; on a terminal an empty one says so, too.
 *
 * @returns whether every answer was a good one.
 */
export async function converse(
  url: string,
  lines: AsyncIterable<string>,
  { isTerminal, print, prompt }: { isTerminal: boolean; print(text: string): void; prompt(): void },
): Promise<boolean> {
  let succeeded = true;
  prompt();
  for await (const line of lines) {
    if (isTerminal && line === "") break;
    const round = await shout(url, line);
    print(round.text);
    succeeded &&= round.succeeded;
    prompt();
  }
  return succeeded;
}
