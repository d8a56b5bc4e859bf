/** What a file in scripts/ needs to declare and run a command. */
export { defineCommand, defineGroup, JSON_OPTION, STACKS_ARGUMENT } from "./command.ts";
export { runCommand } from "./run-command.ts";
export { runProgram } from "./run-program.ts";
