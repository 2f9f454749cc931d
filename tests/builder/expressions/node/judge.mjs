// The questions of answer.mjs in Node: a line of JSON in, a line of JSON out, until the input ends.
import { createInterface } from "node:readline";
import { answer } from "./answer.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const found = await answer(JSON.parse(line)).catch((failure) => ({ failed: String(failure) }));
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
