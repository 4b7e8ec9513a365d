/** Why set-up cannot go on, as the one line a person reads. */
export class SetupFailure extends Error {
  name = 'SetupFailure'
}
