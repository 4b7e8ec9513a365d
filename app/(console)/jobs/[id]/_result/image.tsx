import type { Viewer } from '@/lib/access/viewer'
import { getFile } from '@/lib/files/read'
import { formatBytes } from '@/lib/format/bytes'
import { catalog } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import { orUndefined } from '../../../_components/or-not-found'
import ui from '../../../_components/ui/ui.module.css'
import { Compare, type Picture } from './compare'
import classes from './result.module.css'

/** Shapes that differ less than this lie on each other. */
const SAME_SHAPE = 0.02

/** The picture that was made, beside the one it was made from. */
export async function ImageResult({ job, viewer }: { job: JobView; viewer: Viewer }) {
  const output = catalog.image.output.safeParse(job.result)
  const input = catalog.image.input.safeParse(job.input)
  const [made, original] = await Promise.all([
    output.success ? picture(viewer, output.data.fileId) : undefined,
    input.success ? picture(viewer, input.data.fileId) : undefined,
  ])
  if (!made) {
    return <p className={ui.nothing}>The result was deleted. Duplicate the job to make it again.</p>
  }
  if (!original) {
    return (
      <>
        <PlainPicture {...made} title="Result" />
        <p className={ui.note}>The original was deleted.</p>
      </>
    )
  }
  if (sameShape(made, original)) return <Compare made={made} original={original} />
  return (
    <div className={ui.grid}>
      <PlainPicture {...original} title="Original" />
      <PlainPicture {...made} title="Result" />
    </div>
  )
}

function PlainPicture({ url, width, height, caption, title }: Picture & { title: string }) {
  return (
    <figure className={classes.figure}>
      {/* biome-ignore lint/performance/noImgElement: a private file, shown as it is */}
      <img src={url} width={width} height={height} alt={title} />
      <figcaption className={ui.note}>
        <strong>{title}</strong> {caption}
      </figcaption>
    </figure>
  )
}

function sameShape(a: Picture, b: Picture): boolean {
  return Math.abs(a.width / a.height / (b.width / b.height) - 1) < SAME_SHAPE
}

async function picture(viewer: Viewer, id: string): Promise<Picture | undefined> {
  const file = await orUndefined(getFile(viewer, id))
  if (!file) return undefined
  const { width, height, bytes, contentType } = file
  const format = contentType.replace('image/', '').toUpperCase()
  return {
    url: `/api/v1/files/${id}/content?inline=1`,
    width: width ?? 1,
    height: height ?? 1,
    caption: `${width} × ${height} · ${format} · ${formatBytes(bytes)}`,
  }
}
