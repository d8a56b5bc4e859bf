import { spawn } from "node:child_process";

/** The program of each system that opens a URL. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "open", win32: "explorer" };

/** Opens a URL in the browser of the system. @returns whether there is a program that does. */
export function openInBrowser(
  url: string,
  program: string = OPENERS[process.platform] ?? "xdg-open",
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [url], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => resolve(true));
    child.unref();
  });
}
