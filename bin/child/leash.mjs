// Loaded into every program the launcher starts: when the launcher is gone, however it ended, the
// channel to it breaks, and the program stops as if it had been asked to.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // Listening must not keep a program alive that has nothing left to do.
  process.channel.unref()
}
