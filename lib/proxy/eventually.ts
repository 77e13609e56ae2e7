/** A value that is mostly there at once, and then needs no promise: on the way of every request that counts. */
export type Eventually<Value> = Value | Promise<Value>;

/** Goes on with a value, at once where it is there. */
export function whenThere<Value, Next>(
  value: Eventually<Value>,
  goOn: (value: Value) => Eventually<Next>,
): Eventually<Next> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
