/** Resolves once `arrived` was called `count` times. */
export function counted(count: number) {
  let left = count
  let finish = () => {}
  const all = new Promise<void>((resolve) => {
    finish = resolve
  })
  const arrived = () => {
    left -= 1
    if (left === 0) finish()
  }
  return { all, arrived }
}
