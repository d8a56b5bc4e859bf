/**
 * Turns a URL as the first argument, in the place of an environment, into the option `--address`:
 * `https://files.example.com ls` becomes `ls --address https://files.example.com`.
 */
export function withAddressOption(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  return first !== undefined && /^https?:\/\//.test(first) ? [...rest, "--address", first] : args;
}
