/** A file that a machine finds when it starts. */
export interface MachineFile {
  readonly path: string;
  readonly content: string;
}

export interface CloudInit {
  /** System users without a login. */
  readonly users: readonly string[];
  /** Of the distribution. */
  readonly packages: readonly string[];
  readonly files: readonly MachineFile[];
  /** Run once, in order, each as a program and its arguments. */
  readonly commands: readonly (readonly string[])[];
}

/**
 * User data for cloud-init, which reads YAML, of which JSON is a part; so nothing has to be quoted by hand.
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudConfig({ users, packages, files, commands }: CloudInit): string {
  const config = {
    users: ["default", ...users.map((name) => ({ name, system: true, shell: "/usr/sbin/nologin" }))],
    packages,
    write_files: files.map(({ path, content }) => ({ path, content, permissions: "0644" })),
    runcmd: commands,
  };
  return `#cloud-config\n${JSON.stringify(config)}\n`;
}
