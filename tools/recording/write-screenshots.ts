import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../paths/root.ts";
import { drawRecording } from "./draw-recording.ts";
import { record } from "./record.ts";

const SIZE = { rows: 24, columns: 80 };

/** Records `npm start` with an empty data folder, and draws it to `docs/images`. @returns the exit code. */
export async function writeScreenshots(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), "nv-demo-recording-"));
  const file = join("docs", "images", "start.svg");
  try {
    const frames = await record({
      ...SIZE,
      command: "npm start",
      variables: { NV_DEMO_DATA: data },
      isReady: (text) => /http:\/\/127\.0\.0\.1:\d+/.test(text),
      // Scanners of secrets find even the access key of a deployment that no longer exists.
      rewrite: (text) =>
        text.replaceAll(data, ".local").replaceAll(/(AKIA|SECRET_ACCESS_KEY=|token=|Password +)\S+/g, "$1…"),
    });
    const description = "npm start synthesizes and deploys every stack, and prints the addresses.";
    mkdirSync(join(ROOT, "docs", "images"), { recursive: true });
    writeFileSync(join(ROOT, file), drawRecording(frames, { ...SIZE, description, longestPause: 1_000 }));
    console.log(file);
    return 0;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
