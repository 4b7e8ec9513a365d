// Loaded before a program (NODE_OPTIONS=--import): its clock is off by CLOCK_OFFSET_MS. What it
// measures with monotonic clocks stays right, as on a machine whose time is set wrong.
const RealDate = Date
const offset = Number(process.env.CLOCK_OFFSET_MS ?? 0)
const now = () => RealDate.now() + offset

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})
