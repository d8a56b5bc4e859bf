/** What the stand-in understands of user data: cloud-init's `write_files` and `runcmd`, in YAML's JSON form. */
export interface CloudInit {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Each a program and its arguments. */
  readonly commands: readonly (readonly string[])[];
}

const HEADER = "#cloud-config\n";

/** @param userData in base64. Anything but cloud-config in JSON makes a machine that does nothing. */
export function parseUserData(userData: string | undefined): CloudInit {
  const text = Buffer.from(userData ?? "", "base64").toString("utf8");
  if (!text.startsWith(HEADER)) return { files: [], commands: [] };
  try {
    const { write_files = [], runcmd = [] } = JSON.parse(text.slice(HEADER.length)) as {
      write_files?: CloudInit["files"];
      runcmd?: CloudInit["commands"];
    };
    return { files: write_files, commands: runcmd.filter(Array.isArray) };
  } catch {
    return { files: [], commands: [] };
  }
}
