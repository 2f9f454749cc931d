// A settled value as people read it, as renderer/drawing/display.py shows it. `said`: what the page says by itself.
import { moment_text, number_text } from "./kernel.js";

const grouped = (text) => text.replace(/^(-?)(\d+)/, (all, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ","));
const measured = (text, unit) => (unit ? `${grouped(text)} ${unit}` : grouped(text));

function money(value, scale) {
  const digits = String(Math.abs(value)).padStart(scale + 1, "0"), point = digits.length - scale;
  return (value < 0 ? "-" : "") + digits.slice(0, point) + (scale ? `.${digits.slice(point)}` : "");
}

const SHOWN = {
  boolean: (value, step, said) => said.truth[Number(value)],
  choice: (value, { options }) => options.get(value) ?? value,
  choices: (value, { options }, said) => value.map((each) => options.get(each) ?? each).join(said.comma),
  datetime: (value, { zone }) => moment_text(value, zone),
  number: (value, { unit }) => measured(number_text(value), unit),
  integer: (value, { unit }) => measured(String(value), unit),
  money: (value, { scale = 0, currency }, said) => measured(money(value, scale), said.currency[currency] ?? currency),
};

export function show(step, value, said) {
  if (value === null) return "";
  return SHOWN[step.type] ? SHOWN[step.type](value, step, said) : String(value);
}
