// Seconds that one changed answer takes in a browser's program: `node change.mjs ANSWERS.js PROGRAM.mjs RAWS.json NAME RAW RAW`.
// NAME is changed to one raw answer and the other in turn; the median is printed.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [answers, program, raws, name, ...turns] = process.argv.slice(2);
const [{ answering }, module] = await Promise.all([answers, program].map((path) => import(pathToFileURL(path))));
const situation = { today: "2026-01-05", now: "2026-01-05T01:00:00.000000Z", me: "x", my_department: "", person: String };
const form = answering(module, { situation, answers: {}, system: {} }, JSON.parse(readFileSync(raws, "utf8")));
const taken = [];
for (let round = 0; round < 4_000; round += 1) {
  const start = process.hrtime.bigint();
  form.type(name, turns[round % turns.length]);
  if (round >= 1_000) taken.push(Number(process.hrtime.bigint() - start));
}
taken.sort((a, b) => a - b);
console.log(taken[taken.length / 2] / 1e9);
