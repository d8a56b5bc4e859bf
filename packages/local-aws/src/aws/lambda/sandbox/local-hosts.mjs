/**
 * Loaded inside the sandbox when servers of the internet are on this machine: connections to them, by whatever library, go to their port here.
 * The function sees neither the variable nor another address.
 */
import { Socket } from "node:net";

const ports = JSON.parse(process.env.LOCAL_HOSTS ?? "{}");
delete process.env.LOCAL_HOSTS;

const { connect } = Socket.prototype;

Socket.prototype.connect = function (...args) {
  // `net.connect` has put its arguments into a list by now, which Socket knows again by a mark on it
  const list = Array.isArray(args[0]) ? args[0] : args;
  const options = list[0];
  const port = typeof options === "object" && ports[`${options.host}:${options.port}`.toLowerCase()];
  if (port) list[0] = { ...options, host: "127.0.0.1", port };
  return connect.apply(this, args);
};
