/** The shells for which variables can be printed; `posix` is sh, bash, zsh, dash and ksh. */
export const shellNames = ["posix", "fish"] as const;
export type ShellName = (typeof shellNames)[number];

/** Name → value; undefined removes the variable. */
export type Variables = Readonly<Record<string, string | undefined>>;

interface Shell {
  set(name: string, value: string): string;
  unset(name: string): string;
}

const shells: Readonly<Record<ShellName, Shell>> = {
  posix: {
    set: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    set: (name, value) => `set -gx ${name} '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
    unset: (name) => `set -e ${name}`,
  },
};

/** The commands that set the variables, one a line. Every value is quoted, so a shell evaluates none. */
export function shellCommands(variables: Variables, shell: ShellName): string {
  const { set, unset } = shells[shell];
  return Object.entries(variables)
    .map(([name, value]) => (value === undefined ? unset(name) : set(name, value)))
    .join("\n");
}
