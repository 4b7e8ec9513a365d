import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_server/auth/session'
import { definitions } from '@/lib/jobs/catalog'
import { TypeIcon } from '../../_components/job/type-icon'
import { PageHeader } from '../../_components/ui/page-header'
import classes from './new.module.css'

export const metadata: Metadata = { title: 'New job' }

export default async function NewJobPage() {
  await requireViewer()
  return (
    <>
      <PageHeader
        title="New job"
        back={{ href: '/jobs', label: 'Jobs' }}
        lead="What should it do?"
      />
      <ul className={classes.types}>
        {definitions
          .filter(({ userFacing }) => userFacing)
          .map(({ type, label, description }) => (
            <li key={type}>
              <TypeIcon type={type} size={24} />
              <div>
                <Link href={`/jobs/new/${type}`}>{label}</Link>
                <p>{description}</p>
              </div>
            </li>
          ))}
      </ul>
    </>
  )
}
