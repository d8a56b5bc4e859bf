import { readdirSync, readFileSync } from "node:fs";

/** Command lines of other processes that name a text in their arguments or environment variables. */
export function processesWith(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const [arguments_ = "", variables = ""] = ["cmdline", "environ"].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, "utf8").replaceAll("\0", " "),
        );
        return arguments_.includes(text) || variables.includes(text) ? [`${pid} ${arguments_}`] : [];
      } catch {
        return []; // The process has ended.
      }
    });
}
