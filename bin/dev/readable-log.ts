import pretty from 'pino-pretty'

/** Takes JSON log lines, and writes them to stderr as people read them; leaves other lines as they are. */
export function readableLog(): NodeJS.WritableStream {
  return pretty({
    colorize: process.stderr.isTTY ?? false,
    destination: 2,
    sync: true,
    translateTime: 'SYS:HH:MM:ss',
    errorLikeObjectKeys: ['err'],
  })
}
