/** What a file in scripts/ needs to declare and run a command. */
export {
  type CommandNode,
  defineCommand,
  defineGroup,
  JSON_OPTION,
  STACKS_ARGUMENT,
  VERBOSE_OPTION,
} from "./command.ts";
export { commandList, describeCommands, helpOf } from "./command-list.ts";
export { runCommand } from "./run-command.ts";
export { runProgram } from "./run-program.ts";
