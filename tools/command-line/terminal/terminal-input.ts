import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UsageError } from "../errors.ts";
import { InterruptedError } from "../interruption.ts";
import type { TerminalStream } from "./terminal.ts";

/** What a person types, or a pipe passes. */
export interface TerminalInput {
  readonly isTerminal: boolean;
  /** Asks on the terminal. @throws UsageError when nothing is entered, InterruptedError on Ctrl-C. */
  ask(question: string): Promise<string>;
  /** Like `ask`, without showing what is typed. */
  askSecret(question: string): Promise<string>;
  /** Everything up to the end of the input. @throws UsageError when it is not UTF-8. */
  readAll(): Promise<string>;
}

/** What is used of the standard input. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Opens the standard input. Questions are written to the standard error, so that the output can be piped. */
export function openTerminalInput(
  input: InputStream = process.stdin,
  output: NodeJS.WritableStream & TerminalStream = process.stderr,
): TerminalInput {
  return {
    isTerminal: input.isTTY === true,
    ask: (question) => readLine(input, output, question),
    askSecret: (question) =>
      // The end of the line, which is not shown either.
      readLine(input, silent(), "", () => output.write(question)).finally(() => output.write("\n")),
    readAll: () => readAll(input),
  };
}

/**
 * An interface with `terminal` reads keys in raw mode, so that the terminal itself shows nothing.
 *
 * @param isReading called when the terminal is in this mode.
 */
function readLine(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
  isReading: () => void = () => {},
): Promise<string> {
  const lines = createInterface({ input, output, terminal: true, historySize: 0, prompt: question });
  return new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("SIGINT", () => reject(new InterruptedError("SIGINT")));
    lines.once("close", () => reject(new UsageError("Nothing was entered.")));
    lines.prompt();
    isReading();
  }).finally(() => lines.close());
}

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

async function readAll(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError("The standard input is not text in UTF-8.");
  }
}
