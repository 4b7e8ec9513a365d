import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { Pager } from '../../../../_components/list/pager'
import { Tabs } from '../../../../_components/list/tabs'
import { views } from './views'

const PAGE_SIZE = 20

type Props = { admin: Viewer; id: string; show: string | undefined; cursor: string | undefined }

/** Views of somebody's records, and a page of one; jobs where the address asks for none. */
export async function Records({ admin, id, show = 'jobs', cursor: asked }: Props) {
  const [name, view] = Object.entries(views).find(([each]) => each === show) ?? ['jobs', views.jobs]
  const cursor = isUuid(asked) ? asked : undefined
  const { content, nextCursor } = await view.read(admin, id, { limit: PAGE_SIZE, cursor })
  const path = `/admin/users/${id}`
  return (
    <>
      <Tabs
        label="Records of this person"
        inPlace
        tabs={Object.entries(views).map(([each, { label }]) => ({
          href: `${path}?show=${each}`,
          label,
          isCurrent: each === name,
        }))}
      />
      {content}
      <Pager path={path} values={{ show: name }} cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}
