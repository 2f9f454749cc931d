// A settled value as people read it, as renderer/drawing/display.py shows it. `said`: what the page says by itself.
import { moment_text, money_text, number_text } from "./kernel.js";

const grouped = (text) => text.replace(/^(-?)(\d+)/, (all, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ","));
const measured = (text, unit) => grouped(text) + (unit ? ` ${unit}` : "");

// Expressions write no decimals that are zero; people read them.
function money(value, scale) {
  const text = money_text(value, scale);
  return !scale || text.includes(".") ? text : `${text}.${"0".repeat(scale)}`;
}

const number = (value, { unit }) => measured(number_text(value), unit);

const SHOWN = {
  boolean: (value, step, said) => said.truth[+value],
  choice: (value, { options }) => options.get(value) ?? value,
  choices: (value, { options }, said) => value.map((each) => options.get(each) ?? each).join(said.comma),
  datetime: (value, { zone }) => moment_text(value, zone),
  number,
  integer: number,
  money: (value, { scale = 0, currency }, said) => measured(money(value, scale), said.currency[currency] ?? currency),
};

export function show(step, value, said) {
  if (value === null) return "";
  return SHOWN[step.type] ? SHOWN[step.type](value, step, said) : String(value);
}
