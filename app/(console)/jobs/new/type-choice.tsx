import Link from 'next/link'
import { definitions } from '@/lib/jobs/catalog'
import { TypeIcon } from '../../_components/job/type-icon'
import classes from './new.module.css'

/** The job types that people can choose, each leading to its form. */
export function TypeChoice({ query = '' }: { query?: string }) {
  return (
    <ul className={classes.types}>
      {definitions
        .filter(({ userFacing }) => userFacing)
        .map(({ type, label, description }) => (
          <li key={type}>
            <TypeIcon type={type} size={24} />
            <div>
              <Link href={`/jobs/new/${type}${query}`}>{label}</Link>
              <p>{description}</p>
            </div>
          </li>
        ))}
    </ul>
  )
}
