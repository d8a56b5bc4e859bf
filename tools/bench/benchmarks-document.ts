import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { ROOT } from "../paths/root.ts";

const PATH = join(ROOT, "docs", "benchmarks.md");

const INTRODUCTION = [
  "# Benchmarks",
  "",
  "Measured and written by `npm run bench`; each section names the command that repeats it. Times depend on the machine",
  "and on what else it does, so baselines are measured in the same run.",
].join("\n");

/** What one run has measured. */
export interface Section {
  /** The subject of the command. */
  readonly subject: string;
  readonly title: string;
  /** The arguments of the command that repeats the run. */
  readonly args: string;
  /** Markdown. */
  readonly content: string;
}

/** Replaces the section of a subject in `docs/benchmarks.md`. */
export function writeBenchmarks(section: Section): void {
  const document = existsSync(PATH) ? readFileSync(PATH, "utf8") : INTRODUCTION;
  writeFileSync(PATH, withSection(document, { ...section, content: `${describeRun()}\n\n${section.content}` }));
  execFileSync("biome", ["format", "--write", PATH], { stdio: "ignore" });
}

/** The document with the section, in place of an earlier one of the subject, or after the others. */
export function withSection(document: string, { subject, title, args, content }: Section): string {
  const [begin, end] = [`<!-- begin: ${subject} -->`, `<!-- end: ${subject} -->`];
  const section = [
    begin,
    "",
    `## ${title}`,
    "",
    `To repeat it: \`npm run bench -- ${args}\``,
    "",
    content,
    "",
    end,
  ].join("\n");
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start < 0 || stop < start) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, start) + section + document.slice(stop + end.length);
}

/** The machine and its load, the date and the commit. */
function describeRun(): string {
  const [processor] = cpus();
  const gibibytes = (totalmem() / 1024 ** 3).toFixed(0);
  const machine = `${cpus().length} × ${processor?.model.trim()}, ${gibibytes} GiB of memory, ${type()} ${release()}`;
  const date = new Date().toISOString().slice(0, 10);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--", "services", "lib", "tools/bench") !== "";
  const commit = `${git("rev-parse", "--short", "HEAD")}${isChanged ? " with changes" : ""}`;
  const load = `${loadavg()[0]?.toFixed(1)} processes on average in the last minute, with those of other work`;
  return [
    `- Machine: ${machine}, Node.js ${process.versions.node}`,
    `- Load: ${load}`,
    `- Date: ${date}`,
    `- Commit: ${commit}`,
  ].join("\n");
}
