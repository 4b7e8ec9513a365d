import { INSTALLATION } from '../subject'
import type { AlertKind } from './kind'

/** How full the disk is that holds the files. */
export const disk: AlertKind = {
  label: 'Disk full',
  description:
    'How much is used of the disk with the data directory; nothing while files are in S3.',
  unit: 'percent',
  isAboutJobs: false,
  fireAt: 95,
  resolveAt: 90,
  max: 100,
  needs: 'disk',
  format: (value) => `${Math.round(value * 10) / 10} %`,
  measure({ disk: used }) {
    if (used === undefined) return undefined
    if (used === null) return []
    const message = `The disk with the files is ${Math.floor(used * 100)} % full.`
    return [{ subject: INSTALLATION, value: used * 100, message }]
  },
}
